#pragma once

namespace sixslots::models {

/// Counts the changes of rules and constants of the world, and of what the random numbers decide,
/// that change the results of scenarios which did not change. Raised with every such change, so
/// that a stored baseline tells a new model from a new design.
inline constexpr int model_version = 12;

}  // namespace sixslots::models
