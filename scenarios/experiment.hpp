#pragma once

#include <functional>
#include <string_view>

#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// Told after each replication: how many of how many are done, and what is simulated.
using Progress = std::function<void(int done, int total, std::string_view variant)>;

/// Simulates every variant of a scenario on the same random numbers and measures its metrics.
Results run_experiment(const Scenario& scenario, const Progress& progress = {});

}  // namespace sixslots::scenarios
