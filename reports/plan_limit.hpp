#pragma once

#include <string>

#include "scenarios/planning/plan.hpp"

namespace sixslots::reports {

/// Which limit binds, told of a run that lies just beyond the answer: the part of a latency that
/// grows most or is the largest, and what a run finds that the kept metric measures. Empty where
/// nothing fails, or nothing that was found concerns the metric.
std::string limit_text(const scenarios::PlanAnswer& answer);

}  // namespace sixslots::reports
