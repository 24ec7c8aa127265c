#pragma once

#include <cstddef>
#include <optional>

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

/// The number that Pooled gives to the tally that a metric is about; nothing for one of the page
/// over time.
std::optional<std::size_t> tally_of(const MetricInfo& metric, const Scenario& scenario);

/// What a replication's value of a mean counts for: its requests, or 1.
double weight(const MetricInfo& metric, const Scenario& scenario, const Pooled& pooled);

/// The value of a metric by itself.
struct Measured {
  MetricValue::Kind kind = MetricValue::Kind::none;
  double value = 0.0;
};
Measured value_of(const MetricInfo& metric, const Scenario& scenario, const Pooled& pooled);

/// The same with its metric, as results carry it.
MetricValue measure(const MetricInfo& metric, const Scenario& scenario, const Pooled& pooled);

}  // namespace sixslots::scenarios
