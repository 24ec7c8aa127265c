#pragma once

namespace sixslots::scenarios::theory {

/// M/M/c where a request gives up when it has waited for too long. The wait is that of all
/// requests, served or not.
struct Abandonment {
  double waits = 0.0;      ///< P(wait > 0)
  double abandoned = 0.0;  ///< share that gives up
  double mean_wait = 0.0;
  double utilization = 0.0;
};

/// After `patience` seconds, the same for all (M/M/c+D; Zeltyn and Mandelbaum, Queueing Systems 51,
/// 2005).
Abandonment with_timeout(double lambda, double mu, int c, double patience);

/// After a time that is exponential with that mean (M/M/c+M, or Erlang A; Palm 1943).
Abandonment with_random_patience(double lambda, double mu, int c, double mean);

}  // namespace sixslots::scenarios::theory
