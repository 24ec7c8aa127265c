#pragma once

#include <vector>

#include "models/observer.hpp"
#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// What the replications of a variant measured, put together.
struct Pooled {
  int replications = 0;
  double observed_seconds = 0.0;  ///< of simulated time, all replications, warm-up left out
  std::vector<models::FlowStatistics> flows;
  sim::Tally staleness;
  double connections_mean = 0.0;  ///< from here on sums over replications, peaks apart
  double connections_peak = 0.0;
  double workers_mean = 0.0;
  double workers_peak = 0.0;
  double requests_arrived = 0.0;
  double bytes = 0.0;
  double streams_opened = 0.0;
  double streams_never_opened = 0.0;
  double reconnects = 0.0;
  double reconnects_peak = 0.0;
  double streams_given_up = 0.0;
  double recovery_seconds = 0.0;
  double connections_per_row = 0.0;  ///< measured apart, by two runs with different numbers of rows

  void add(const models::Observations& seen, double seconds);
};

/// The value of one metric of a scenario.
MetricValue measure(const MetricInfo& metric, const Scenario& scenario, const Pooled& pooled);

}  // namespace sixslots::scenarios
