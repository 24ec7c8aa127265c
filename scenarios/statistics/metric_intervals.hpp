#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scenarios/kept.hpp"
#include "scenarios/statistics/diagnosis.hpp"
#include "scenarios/statistics/quantile_interval.hpp"

namespace sixslots::scenarios {

/// Fewer replications than this give no interval.
inline constexpr int fewest_replications = 5;

/// Gives measured values their intervals, or the reason why none would hold: Student's t for means,
/// log-scale inversion for quantiles, nothing for extremes and sums.
class Intervals {
 public:
  /// All of it must outlive this.
  Intervals(const Replications& all, const Diagnosis& diagnosis);

  /// `metric` is the place of the value's metric among the measures.
  void add_to(MetricValue& value, std::size_t metric);

 private:
  [[nodiscard]] std::string trouble(const MetricValue& value) const;
  [[nodiscard]] std::span<const Tail> tails_of(std::size_t tally);
  [[nodiscard]] Interval of_mean(std::size_t metric, MetricInfo::Unit unit) const;

  Replications all_;
  const Diagnosis& diagnosis_;
  double students_t_;
  // Of the last quantile: the quantiles of a tally follow each other.
  std::optional<std::size_t> tally_;
  std::vector<Tail> tails_;
};

}  // namespace sixslots::scenarios
