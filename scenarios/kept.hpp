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
  std::span<const MetricMeasure> measures;  ///< of its scenario
  const Pooled& pooled;
  std::span<const Kept> each;  ///< that were pooled

  /// The place of a metric among the measures; their number where it is none of them.
  [[nodiscard]] std::size_t place_of(std::string_view metric) const;
};

/// Measures one replication. `kept` may have been of another one.
void keep(std::span<const MetricMeasure> measures, const Pooled& one, Kept& kept);

}  // namespace sixslots::scenarios
