#pragma once

#include <span>
#include <string_view>

#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// The scenario's own hops and network, as opposed to a named path's.
inline constexpr std::string_view own_path = "own";

/// Paths that everybody knows: those of `sixslots list paths`.
std::span<const NamedPath> known_paths();

/// A path of the scenario or a known one, or nullptr.
const NamedPath* find_path(const Scenario& scenario, std::string_view name);

/// What `path` may be.
std::vector<std::string_view> path_names(const Scenario& scenario);

/// Takes the hops, and the network if it has one, of the path that `scenario.path` names; for an
/// unknown one nothing happens. The hops that were there before are put aside, and come back with
/// "own". The app's service time stays the app's on any path that does not state one.
void take_path(Scenario& scenario);

}  // namespace sixslots::scenarios
