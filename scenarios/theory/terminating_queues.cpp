#include "scenarios/theory/terminating_queues.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sixslots::scenarios::theory {

Storm storm(int jobs, double mu, int c) {
  const int queued = std::max(jobs - c, 0);
  Storm result;
  result.wait =
      departures_ahead(std::vector<double>(static_cast<std::size_t>(queued), 1.0 / jobs), c * mu);
  const double rate = c * mu;
  double mean = queued / rate;
  double variance = queued / (rate * rate);
  for (int busy = 1; busy <= std::min(jobs, c); ++busy) {
    mean += 1.0 / (busy * mu);
    variance += 1.0 / (busy * busy * mu * mu);
  }
  // left[n]: the probability that n jobs are left, after each event of a process of rate c mu.
  std::vector<double> left(static_cast<std::size_t>(jobs) + 1, 0.0);
  left.back() = 1.0;
  std::vector<double> lasts;
  for (;;) {
    lasts.push_back(std::accumulate(left.begin() + 1, left.end(), 0.0));
    if (lasts.back() < 1e-18) break;
    for (std::size_t n = 1; n < left.size(); ++n) {
      const double ends = std::min(static_cast<double>(n) / c, 1.0) * left[n];
      left[n - 1] += ends;
      left[n] -= ends;
    }
  }
  result.makespan = until_event(mean, std::sqrt(variance), std::move(lasts), rate);
  return result;
}

Storm storm_of_equals(int jobs, double duration, int c) {
  Storm result;
  const int rounds = (jobs + c - 1) / c;
  result.makespan.mean = rounds * duration;
  result.makespan.deviation = 0.0;
  result.wait.mean = 0.0;
  for (int job = 0; job < jobs; ++job) result.wait.mean += job / c * duration / jobs;
  result.wait.tail = [=](double t) {
    const int started = (static_cast<int>(std::floor(t / duration)) + 1) * c;
    return std::max(jobs - started, 0) / static_cast<double>(jobs);
  };
  return result;
}

Transient mm1_after(double t, double lambda, double mu) {
  const double rate = lambda + mu;
  const auto most = static_cast<std::size_t>(rate * t + 12.0 * std::sqrt(rate * t) + 30.0);
  std::vector<double> p(most + 2, 0.0);
  p[0] = 1.0;
  Transient result;
  double log_term = -rate * t;
  for (std::size_t k = 0; k <= most; ++k) {
    if (k > 0) log_term += std::log(rate * t / static_cast<double>(k));
    const double weight = std::exp(log_term);
    result.empty += weight * p[0];
    for (std::size_t n = 1; n <= k; ++n) result.in_system += weight * p[n] * static_cast<double>(n);
    std::vector<double> next(p.size(), 0.0);
    for (std::size_t n = 0; n <= k; ++n) {
      next[n + 1] += p[n] * lambda / rate;
      next[n == 0 ? 0 : n - 1] += p[n] * mu / rate;
    }
    p = std::move(next);
  }
  return result;
}

std::vector<double> first_waits(int count, double lambda, double mu, int c) {
  std::vector<double> waits;
  std::vector<double> seen{1.0};  // others in the system at an arrival
  for (int i = 0; i < count; ++i) {
    double wait = 0.0;
    for (std::size_t n = 0; n < seen.size(); ++n) {
      wait += seen[n] * std::max(static_cast<double>(n) - c + 1.0, 0.0) / (c * mu);
    }
    waits.push_back(wait);
    // The arrival makes n others n + 1; from each number on, the next event is an arrival or a
    // departure.
    std::vector<double> next(seen.size() + 1, 0.0);
    std::ranges::copy(seen, next.begin() + 1);
    for (std::size_t n = next.size(); n-- > 0;) {
      const double departs = std::min(static_cast<double>(n), 1.0 * c) * mu;
      const double before = next[n] * departs / (departs + lambda);
      next[n] -= before;
      if (n > 0) next[n - 1] += before;
    }
    seen = std::move(next);
  }
  return waits;
}

}  // namespace sixslots::scenarios::theory
