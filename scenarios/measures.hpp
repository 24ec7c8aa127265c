#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "scenarios/pooled.hpp"
#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// How a metric comes from what was observed.
struct Statistic {
  enum class Kind : std::uint8_t {
    mean,      ///< over requests, or over time
    quantile,  ///< over requests: `p`
    other,     ///< an extreme, or a sum
  };
  Kind kind = Kind::other;
  double p = 0.0;
};
Statistic statistic_of(const MetricInfo& metric);

/// Measured apart from the replications, which all have the same value of it.
bool is_of_demand(const MetricInfo& metric);

/// The value of a metric by itself.
struct Measured {
  MetricValue::Kind kind = MetricValue::Kind::none;
  double value = 0.0;
};

/// A metric of a scenario and how it comes from what was observed: names are looked up once, and
/// not in each replication.
struct MetricMeasure {
  MetricInfo info;
  Statistic statistic;
  /// The number that Pooled gives to the tally that it is about; nothing for a count, and for what
  /// is of the page over time.
  std::optional<std::size_t> tally;
  std::function<Measured(const Pooled&)> value;
  /// What a replication's value of a mean counts for: its requests, or 1.
  std::function<double(const Pooled&)> weight;

  /// The value with its metric, as results carry it.
  [[nodiscard]] MetricValue of(const Pooled& pooled) const;
};

MetricMeasure measure_of(const MetricInfo& metric, const Scenario& scenario);

/// Of all metrics_of() a scenario, in their order.
std::vector<MetricMeasure> measures_of(const Scenario& scenario);

}  // namespace sixslots::scenarios
