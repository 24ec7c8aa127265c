#pragma once

#include <functional>

#include "scenarios/pooled.hpp"
#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// Whether a page has rows, whose number could differ. A script says itself what it asks for.
bool has_rows(const models::WorldSpec& world);

/// How many connections (streams, over HTTP/2) the rows of a user want, once the page has settled,
/// and how many one more row wants: the slope between two runs that differ in the number of rows
/// alone. None where it has no rows. `goes_on` as in models::RunSpec.
Demand measure_demand(const Scenario& scenario, const std::function<bool(double)>& goes_on);

}  // namespace sixslots::scenarios
