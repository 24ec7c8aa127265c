#pragma once

#include <span>
#include <vector>

#include "scenarios/measures.hpp"
#include "scenarios/statistics/interval.hpp"
#include "sim/packed_tallies.hpp"

namespace sixslots::scenarios {

/// What is kept of each replication by itself, beside what is pooled.
struct Kept {
  /// Of each metric the value, not a number where there is none, and its weight().
  std::vector<Weighted> values;
  sim::PackedTallies tallies;  ///< numbered as those of Pooled

  /// A metric's value and weight for a mean over replications; nothing counts as 0.
  [[nodiscard]] Weighted contribution(std::size_t metric) const;
};

/// All that was measured of a variant.
struct Replications {
  const Scenario& scenario;
  std::span<const MetricInfo> metrics;  ///< of the scenario
  const Pooled& pooled;
  std::span<const Kept> each;  ///< that were pooled
};

/// Measures the metrics of one replication and takes its tallies, which are empty then.
Kept keep(std::span<const MetricInfo> metrics, const Scenario& scenario, Pooled& one);

}  // namespace sixslots::scenarios
