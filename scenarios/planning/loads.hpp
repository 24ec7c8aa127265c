#pragma once

#include <optional>
#include <vector>

#include "scenarios/planning/plan.hpp"
#include "scenarios/statistics/crossing.hpp"

namespace sixslots::scenarios {

/// The numbers, by ascending size, that a curve is fitted through.
using Loads = std::vector<PlanPoint>;

/// The ends differ beyond luck, though no curve meets the limit between them.
bool is_a_step(const Loads& loads);

/// Where the first of the conditions that failed meets its limit, on the way to where they fail:
/// upwards if the largest number is sought. Nothing where one of them meets it nowhere.
std::optional<Crossing> first_crossing(const Loads& loads, const std::vector<Verdict>& failed,
                                       bool largest);

}  // namespace sixslots::scenarios
