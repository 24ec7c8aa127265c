#pragma once

#include <string_view>
#include <vector>

#include "scenarios/scenario.hpp"
#include "scenarios/value.hpp"

namespace sixslots::scenarios {

/// Reads `[compare]`: every value is checked as if it were set.
std::vector<Axis> read_comparison(const Value& table, const Scenario& scenario, Problems& problems);

/// An axis from a key and the list of its values.
Axis make_axis(std::string_view path, const Value& list, const Position& position,
               const Scenario& scenario);

/// Compares these values of a key, in the place of those that were compared before.
void put_axis(Scenario& scenario, const Axis& axis);

}  // namespace sixslots::scenarios
