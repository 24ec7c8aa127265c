#pragma once

#include <vector>

#include "models/observer.hpp"
#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// What rows want, where nothing has a limit.
struct Demand {
  double connections = 0.0;  ///< or streams, of one user; average over time
  double per_row = 0.0;      ///< in each tab
};

/// What the replications of a variant measured, put together.
struct Pooled {
  Pooled() = default;
  /// A single one, of which it takes what is large: flows, staleness and hops. `seconds` of it were
  /// observed.
  Pooled(models::Observations& seen, double seconds);

  int replications = 0;
  double observed_seconds = 0.0;  ///< of simulated time, all replications, warm-up left out
  std::vector<models::FlowStatistics> flows;
  sim::Tally staleness;
  double connections_mean = 0.0;  ///< from here on sums over replications, peaks apart
  double connections_peak = 0.0;
  double workers_mean = 0.0;
  double workers_peak = 0.0;
  double slots_peak = 0.0;
  double slot_queue_peak = 0.0;
  std::vector<models::HopUse> hops;
  double requests_arrived = 0.0;
  double bytes = 0.0;
  double streams_opened = 0.0;
  double streams_never_opened = 0.0;
  double reconnects = 0.0;
  double reconnects_peak = 0.0;
  double streams_given_up = 0.0;
  double pages_deaf = 0.0;
  double pages_failed = 0.0;
  double streams_lost = 0.0;
  double streams_away = 0.0;
  double streams_never_back = 0.0;
  double users_mean = 0.0;
  double users_peak = 0.0;
  double users_left = 0.0;
  double recovery_seconds = 0.0;
  Demand demand;  ///< measured apart, by two runs with different numbers of rows

  /// All but the demand, in whose place there is none.
  void merge(const Pooled& other);

  /// Before it is kept for long: gives back the memory that was for more requests.
  void compact();
};

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

/// The requests that a metric is about; nullptr for one of the page over time.
const sim::Tally* tally_of(const MetricInfo& metric, const Scenario& scenario,
                           const Pooled& pooled);

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
