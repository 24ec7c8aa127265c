#include "scenarios/theory/abandonment.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/theory/birth_death.hpp"
#include "scenarios/theory/markov_queues.hpp"

namespace sixslots::scenarios::theory {

// Zeltyn and Mandelbaum's J and J_H, for the same patience for all.
Abandonment with_timeout(double lambda, double mu, int c, double patience) {
  const double excess = lambda - c * mu;
  const double at_end = std::exp(excess * patience);
  const bool level = std::abs(excess) * patience < 1e-9;
  const double before = level ? patience : std::expm1(excess * patience) / excess;
  const double j = before + at_end / (c * mu);
  const double j_h = (level ? patience * patience / 2.0 : (patience * at_end - before) / excess) +
                     patience * at_end / (c * mu);
  const double idle = 1.0 / erlang_b(c - 1, lambda / mu);
  Abandonment result;
  result.waits = lambda * j / (idle + lambda * j);
  result.abandoned = (1.0 + excess * j) / (idle + lambda * j);
  result.mean_wait = lambda * j_h / (idle + lambda * j);
  result.utilization = lambda * (1.0 - result.abandoned) / (c * mu);
  return result;
}

Abandonment with_random_patience(double lambda, double mu, int c, double mean) {
  // Far beyond the number at which as many give up as come.
  const int last = c + 100 + static_cast<int>(20.0 * lambda * mean);
  const std::vector<double> p = from_ratios(
      last, [=](int n) { return lambda / (mu * std::min(n, c) + std::max(n - c, 0) / mean); });
  double queue_length = 0.0;
  Abandonment result;
  for (int n = 0; n <= last; ++n) {
    const double share = p[static_cast<std::size_t>(n)];
    if (n >= c) result.waits += share;
    queue_length += share * std::max(n - c, 0);
    result.utilization += share * std::min(n, c) / c;
  }
  result.mean_wait = queue_length / lambda;
  result.abandoned = result.mean_wait / mean;
  return result;
}

}  // namespace sixslots::scenarios::theory
