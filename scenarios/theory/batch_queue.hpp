#pragma once

#include <functional>

#include "scenarios/theory/law.hpp"

namespace sixslots::scenarios::theory {

/// A law of the number of requests that come at once, 1 or more.
struct BatchLaw {
  double mean = 1.0;
  std::function<double(int n)> above;  ///< P(more than n), n >= 0
};
BatchLaw batches_of(int size);
BatchLaw geometric_batches(double mean);

/// The wait in M^X/M/c: `lambda` batches a second at random moments (Chaudhry and Templeton, A
/// First Course in Bulk Queues, 1983). Who stands behind in its batch waits for those before it.
Law batch_wait(double lambda, const BatchLaw& batch, double mu, int c);

}  // namespace sixslots::scenarios::theory
