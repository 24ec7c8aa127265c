#pragma once

#include <span>
#include <vector>

#include "scenarios/pooled.hpp"
#include "scenarios/statistics/diagnosis.hpp"
#include "scenarios/statistics/quantile_interval.hpp"

namespace sixslots::scenarios {

/// Fewer replications than this give no interval.
inline constexpr int fewest_replications = 5;

/// Gives measured values their intervals, or the reason why none would hold: Student's t for means,
/// log-scale inversion for quantiles, nothing for extremes and sums.
class Intervals {
 public:
  /// `each` are the replications of which the values were pooled, each by itself. All of it must
  /// outlive this.
  Intervals(const Scenario& scenario, const Pooled& pooled, std::span<const Pooled> each,
            const Diagnosis& diagnosis)
      : scenario_(scenario), pooled_(pooled), each_(each), diagnosis_(diagnosis) {}

  /// `values` has that metric's value in each replication; not a number where it has none.
  void add_to(MetricValue& value, std::span<const double> values);

 private:
  [[nodiscard]] std::string trouble(const MetricValue& value) const;
  [[nodiscard]] std::span<const Tail> tails_of(const MetricInfo& metric, const sim::Tally* tally);
  [[nodiscard]] Interval of_mean(const MetricInfo& metric, std::span<const double> values) const;

  const Scenario& scenario_;
  const Pooled& pooled_;
  std::span<const Pooled> each_;
  const Diagnosis& diagnosis_;
  // Of the last quantile: the quantiles of a tally follow each other.
  const sim::Tally* tally_ = nullptr;
  std::vector<Tail> tails_;
};

}  // namespace sixslots::scenarios
