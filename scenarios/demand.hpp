#pragma once

#include <functional>

#include "scenarios/pooled.hpp"
#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// How many connections (streams, over HTTP/2) the rows of a user want, once the page has settled,
/// and how many one more row wants: the slope between two runs that differ in the number of rows
/// alone. `goes_on` as in models::RunSpec.
Demand measure_demand(const Scenario& scenario, const std::function<bool(double)>& goes_on);

}  // namespace sixslots::scenarios
