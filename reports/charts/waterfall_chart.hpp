#pragma once

#include <string>

#include "reports/study.hpp"

namespace sixslots::reports {

/// A waterfall has at most so many rows: a printed page.
inline constexpr std::size_t most_waterfall_rows = 60;

/// The requests that a waterfall shows, in the order in which they were made: what holds
/// connections at the end, what did not end well and what the user feels before the rest.
std::vector<const models::RequestRecord*> waterfall_rows(const Study& study,
                                                         const VariantView& view);

/// The requests of the first replication as the Network panel of DevTools shows them, as SVG.
std::string waterfall_chart(const Study& study, const VariantView& view);

}  // namespace sixslots::reports
