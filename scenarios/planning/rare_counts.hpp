#pragma once

#include "scenarios/planning/plan.hpp"

namespace sixslots::scenarios {

/// The conditions hold at one of the points and fail at the other, but only for counts of rare
/// events, such as starved requests, that may be of one share: Fisher's exact test does not tell
/// them apart at plan_confidence.
bool may_be_equal(const PlanPoint& one, const PlanPoint& other);

}  // namespace sixslots::scenarios
