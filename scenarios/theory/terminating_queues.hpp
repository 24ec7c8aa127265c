#pragma once

#include <vector>

#include "scenarios/theory/law.hpp"

namespace sixslots::scenarios::theory {

// Queues that are watched from their start on, with c servers and exponential service of `mu` a
// second, unless written.

/// `jobs` that all come at once (a reconnect storm).
struct Storm {
  Law wait;
  Law makespan;  ///< when the last one is done
};
Storm storm(int jobs, double mu, int c);

/// The same with a fixed service of `duration` seconds: they come in rounds of c.
Storm storm_of_equals(int jobs, double duration, int c);

/// M/M/1 that is empty at time 0, after t seconds.
struct Transient {
  double empty = 0.0;      ///< P(nobody there)
  double in_system = 0.0;  ///< mean number
};
Transient mm1_after(double t, double lambda, double mu);

/// The mean wait of each of the first `count` requests of an M/M/c that starts empty.
std::vector<double> first_waits(int count, double lambda, double mu, int c);

}  // namespace sixslots::scenarios::theory
