#pragma once

#include <cstddef>
#include <vector>

#include "models/observations.hpp"
#include "sim/packed_tallies.hpp"

namespace sixslots::scenarios {

/// What rows want, where nothing has a limit.
struct Demand {
  double connections = 0.0;  ///< or streams, of one user; average over time
  double per_row = 0.0;      ///< in each tab
};

/// What the replications of a variant measured, put together; without their times.
struct Totals {
  Totals() = default;
  /// Of a single one, of which it takes the hops. `seconds` of it were observed.
  Totals(models::Observations& seen, double seconds);

  int replications = 0;
  double observed_seconds = 0.0;  ///< of simulated time, all replications, warm-up left out
  std::vector<models::FlowCounts> counts;  ///< as in WorldSpec::requests
  double connections_mean = 0.0;           ///< from here on sums over replications, peaks apart
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

  void merge(const Totals& other);
};

/// The same with their times.
struct Pooled : Totals {
  Pooled() = default;
  /// A single one, of which it takes times and hops. `seconds` of it were observed.
  Pooled(models::Observations& seen, double seconds);

  std::vector<models::FlowTimes> times;  ///< as in WorldSpec::requests
  sim::Tally staleness;
  Demand demand;  ///< measured apart, by two runs with different numbers of rows

  /// Another one: what there is besides its tallies, and these.
  void merge(const Totals& totals, const sim::PackedTallies& tallies);
  [[nodiscard]] std::vector<models::FlowStatistics> flows() const;

  /// The tallies have numbers: of each flow those of models::flow_tallies, and then the staleness.
  [[nodiscard]] std::size_t tallies() const;
  [[nodiscard]] const sim::Tally& tally(std::size_t number) const;
  [[nodiscard]] sim::Tally& tally(std::size_t number);
};

}  // namespace sixslots::scenarios
