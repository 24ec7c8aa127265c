#include <cmath>

#include "scenarios/theory/general_queues.hpp"

namespace sixslots::scenarios::theory {
namespace {

/// P(wait > x) behind `others` pollers; x and the period in services.
double waits_longer(int others, double period, double x) {
  double sum = 0.0;
  double ways = 1.0;  // of choosing n of the others
  for (int n = 1; n <= others; ++n) {
    ways *= static_cast<double>(others - n + 1) / n;
    if (n <= x) continue;
    const double share = (n - x) / period;
    sum += ways * std::pow(share, n) * std::pow(1.0 - share, others - n) * (period - others + x) /
           (period - n + x);
  }
  return sum;
}

}  // namespace

// The tail is smooth between whole numbers of services: Simpson's rule in each.
Law periodic_wait(int sources, double period, double service) {
  const int others = sources - 1;
  const double periods = period / service;
  constexpr int steps = 100;
  double area = 0.0;
  for (int n = 0; n < others; ++n) {
    for (int i = 0; i < steps; ++i) {
      const double low = n + static_cast<double>(i) / steps;
      const double high = low + 1.0 / steps;
      area += (waits_longer(others, periods, low) +
               4.0 * waits_longer(others, periods, (low + high) / 2.0) +
               waits_longer(others, periods, high)) /
              (6.0 * steps);
    }
  }
  Law wait;
  wait.mean = area * service;
  wait.tail = [=](double t) { return waits_longer(others, periods, t / service); };
  return wait;
}

}  // namespace sixslots::scenarios::theory
