#pragma once

#include <vector>

#include "models/observations.hpp"

namespace sixslots::scenarios {

/// What one replication, with its records kept, tells about its own length and bookkeeping.
struct Segments {
  double seconds = 0.0;           ///< length of each
  std::vector<double> under_way;  ///< requests of the flows under way: the average of each segment
  double level = 0.0;             ///< the average over all of them: Little's L
  double rate_times_time = 0.0;   ///< the same from the tallies: Little's lambda W
};

/// The part of the replication that was observed, from the end of the warm-up on, in equal
/// segments.
Segments segments_of(const models::Observations& seen, sim::Duration warm_up);

}  // namespace sixslots::scenarios
