#pragma once

#include <optional>

#include "reports/findings.hpp"

namespace sixslots::reports {

/// Looks for one kind of finding in one variant. The browser's side:
std::optional<Finding> slots_held(const Study& study, std::size_t variant);
std::optional<Finding> stream_limit_reached(const Study& study, std::size_t variant);
std::optional<Finding> rows_stay_blank(const Study& study, std::size_t variant);
/// A flow that the user does not feel gets nowhere, where the one that is felt does.
std::optional<Finding> others_hang(const Study& study, std::size_t variant);
std::optional<Finding> often_stalled(const Study& study, std::size_t variant);
std::optional<Finding> connects_again(const Study& study, std::size_t variant);
std::optional<Finding> connections_scale(const Study& study, std::size_t variant);

/// The access link:
std::optional<Finding> way_down_shared(const Study& study, std::size_t variant);
std::optional<Finding> way_up_shared(const Study& study, std::size_t variant);

/// The server's side:
std::optional<Finding> workers_held(const Study& study, std::size_t variant);
std::optional<Finding> connections_held(const Study& study, std::size_t variant);
/// Of the felt flow's requests those that were cut while they waited for what event streams hold:
/// it is told of them there, and not by what has cut them.
std::uint64_t cut_behind_streams(const Study& study, std::size_t variant);
std::optional<Finding> workers_busy(const Study& study, std::size_t variant);
/// Documents are refused, or fail: their users make no requests.
std::optional<Finding> pages_fail(const Study& study, std::size_t variant);
std::optional<Finding> refused(const Study& study, std::size_t variant);
std::optional<Finding> rows_stale(const Study& study, std::size_t variant);
std::optional<Finding> streams_cut(const Study& study, std::size_t variant);

/// What happens to the path:
std::optional<Finding> pages_deaf(const Study& study, std::size_t variant);
std::optional<Finding> storm_of_reconnections(const Study& study, std::size_t variant);
std::optional<Finding> clicks_in_the_storm(const Study& study, std::size_t variant);

}  // namespace sixslots::reports
