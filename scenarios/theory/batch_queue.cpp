#include "scenarios/theory/batch_queue.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "scenarios/theory/birth_death.hpp"

namespace sixslots::scenarios::theory {

BatchLaw batches_of(int size) {
  return {static_cast<double>(size), [=](int n) { return n < size ? 1.0 : 0.0; }};
}

BatchLaw geometric_batches(double mean) {
  return {mean, [=](int n) { return std::pow(1.0 - 1.0 / mean, n); }};
}

// As often as the number in the system falls from n + 1 to n, batches lift it from n or less to
// more than n. A request finds n others before it, those of its batch included, as often as one
// leaves n others behind.
Law batch_wait(double lambda, const BatchLaw& batch, double mu, int c) {
  std::vector<double> p{1.0};
  std::vector<double> falls;  // from n + 1 to n
  double sum = 1.0;
  constexpr double negligible = 1e-18;
  for (int n = 0;; ++n) {
    double rises = 0.0;
    for (int k = 0; k <= n; ++k) rises += p[static_cast<std::size_t>(k)] * batch.above(n - k);
    falls.push_back(lambda * rises);
    p.push_back(falls.back() / (mu * std::min(n + 1, c)));
    sum += p.back();
    if (n > c && p.back() < negligible * sum) break;
  }
  for (double& one : falls) one /= sum * lambda * batch.mean;
  return wait_behind(falls, mu, c);
}

}  // namespace sixslots::scenarios::theory
