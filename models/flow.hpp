#pragma once

#include "models/page.hpp"
#include "models/world_spec.hpp"

namespace sixslots::models {

/// Starts the scenario's own requests in a tab. Their times and service demands depend on nothing
/// but the flow's name, the tab and the random numbers, so that all variants meet the same users.
void start_flows(const WorldSpec& spec, Page& page, int tab, const sim::RandomSource& random);

}  // namespace sixslots::models
