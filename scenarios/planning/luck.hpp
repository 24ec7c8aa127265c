#pragma once

#include "scenarios/planning/numbers.hpp"
#include "scenarios/planning/plan.hpp"
#include "scenarios/planning/tried.hpp"

namespace sixslots::scenarios {

/// Answers without a curve, by all replications: at the bracket's ends and, where those do not bear
/// out what few have said, further out; back between them; and out again to where no verdict may be
/// luck.
void settle(Bracket bracket, const Numbers& numbers, Tried& tried, PlanAnswer& answer);

}  // namespace sixslots::scenarios
