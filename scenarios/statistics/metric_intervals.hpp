#pragma once

#include <span>

#include "scenarios/pooled.hpp"
#include "scenarios/statistics/diagnosis.hpp"

namespace sixslots::scenarios {

/// Fewer replications than this give no interval.
inline constexpr int fewest_replications = 5;

/// Gives a measured value its interval, or the reason why none would hold: Student's t for means,
/// log-scale inversion for quantiles, nothing for extremes and sums. `each` are the replications of
/// which the value was pooled, each by itself.
void add_interval(MetricValue& value, const Scenario& scenario, const Pooled& pooled,
                  std::span<const Pooled> each, const Diagnosis& diagnosis);

}  // namespace sixslots::scenarios
