#include "scenarios/theory/markov_queues.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/theory/transform.hpp"

namespace sixslots::scenarios::theory {
namespace {

/// Probabilities from their ratios: p[n] / p[n - 1] = ratio(n), for n = 1 to `last`. The largest is
/// scaled to 1 on the way, so that none overflows.
template <class Ratio>
std::vector<double> from_ratios(int last, const Ratio& ratio) {
  std::vector<double> logs{0.0};
  for (int n = 1; n <= last; ++n) logs.push_back(logs.back() + std::log(ratio(n)));
  const double largest = *std::ranges::max_element(logs);
  std::vector<double> p;
  for (const double one : logs) p.push_back(std::exp(one - largest));
  const double sum = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& one : p) one /= sum;
  return p;
}

double busy_servers(const std::vector<double>& p, int c) {
  double sum = 0.0;
  for (std::size_t n = 0; n < p.size(); ++n)
    sum += p[n] * std::min(static_cast<double>(n), 1.0 * c);
  return sum;
}

double waiting(const std::vector<double>& p, int c) {
  double sum = 0.0;
  for (std::size_t n = 0; n < p.size(); ++n)
    sum += p[n] * std::max(static_cast<double>(n) - c, 0.0);
  return sum;
}

/// The wait of who sees n others with probability p[n], served after those before it.
Law wait_behind(const std::vector<double>& p, double mu, int c) {
  const auto first = std::min(static_cast<std::ptrdiff_t>(p.size()), std::ptrdiff_t{c});
  return departures_ahead({p.begin() + first, p.end()}, c * mu);
}

/// The product form of `sources` pollers at c servers.
std::vector<double> machine_repair(int sources, double think, double mu, int c) {
  return from_ratios(sources,
                     [=](int n) { return (sources - n + 1) / (think * std::min(n, c) * mu); });
}

std::vector<double> engset_states(int sources, double demand, int c) {
  return from_ratios(std::min(sources, c), [=](int n) { return (sources - n + 1) * demand / n; });
}

}  // namespace

double erlang_b(int c, double load) {
  double b = 1.0;
  for (int j = 1; j <= c; ++j) b = load * b / (j + load * b);
  return b;
}

double erlang_c(int c, double load) {
  const double b = erlang_b(c, load);
  return c * b / (c - load * (1.0 - b));
}

Queue mmc(double lambda, double mu, int c) {
  Queue queue;
  queue.wait = exponential_if(erlang_c(c, lambda / mu), c * mu - lambda);
  queue.throughput = lambda;
  queue.utilization = lambda / (c * mu);
  queue.queue_length = lambda * queue.wait.mean;
  return queue;
}

Law mmc_time(double lambda, double mu, int c) {
  const Law wait = mmc(lambda, mu, c).wait;
  const double rate = c * mu - lambda;  // of the wait of those who wait
  const double waits = wait.tail(0.0);
  const auto tail = [=](double t) {
    const double alone = std::exp(-mu * t);
    const bool equal = std::abs(rate - mu) < 1e-12 * mu;
    const double both =
        equal ? (1.0 + mu * t) * alone : (rate * alone - mu * std::exp(-rate * t)) / (rate - mu);
    return (1.0 - waits) * alone + waits * both;
  };
  return {wait.mean + 1.0 / mu, std::hypot(wait.deviation, 1.0 / mu), tail};
}

Queue mmck(double lambda, double mu, int c, int places) {
  std::vector<double> p =
      from_ratios(places, [=](int n) { return lambda / (mu * std::min(n, c)); });
  Queue queue;
  queue.refused = p.back();
  queue.queue_length = waiting(p, c);
  queue.utilization = busy_servers(p, c) / c;
  queue.throughput = lambda * (1.0 - queue.refused);
  p.pop_back();  // who sees all places taken is not served
  for (double& one : p) one /= 1.0 - queue.refused;
  queue.wait = wait_behind(p, mu, c);
  return queue;
}

Queue finite_source(int sources, double think, double mu, int c) {
  const std::vector<double> p = machine_repair(sources, think, mu, c);
  Queue queue;
  queue.wait = wait_behind(machine_repair(sources - 1, think, mu, c), mu, c);
  queue.utilization = busy_servers(p, c) / c;
  queue.throughput = queue.utilization * c * mu;
  queue.queue_length = waiting(p, c);
  return queue;
}

Engset engset(int sources, double demand, int c) {
  const std::vector<double> p = engset_states(sources, demand, c);
  const std::vector<double> seen = engset_states(sources - 1, demand, c);
  return {p.back(), seen.back(), busy_servers(p, c) / c};
}

// The transform of a lower class's wait beyond t, given that it waits: what stands before it lasts
// as in first come first served, and every arrival of a higher class in the meantime adds the busy
// period of its own class (Davis).
Law priority_wait(std::span<const double> lambdas, std::size_t which, double mu, int c) {
  const double rate = c * mu;
  const auto rate_of = [&](std::size_t classes) {
    const auto end = lambdas.begin() + static_cast<std::ptrdiff_t>(classes);
    return std::accumulate(lambdas.begin(), end, 0.0);
  };
  const double waits = erlang_c(c, rate_of(lambdas.size()) / mu);
  const double higher = rate_of(which);
  const double left = rate - rate_of(which + 1);
  if (which == 0) return exponential_if(waits, left);
  Law wait;
  wait.mean = waits * rate / ((rate - higher) * left);
  const auto transform = [=](std::complex<double> s) {
    // The root of a product, in two factors that keep to one branch.
    const double twice = 2.0 * std::sqrt(higher * rate);
    const std::complex<double> sum = s + higher + rate;
    const std::complex<double> busy_period =
        (sum - std::sqrt(sum - twice) * std::sqrt(sum + twice)) / 2.0;
    const std::complex<double> stretched = s + higher - busy_period;
    return waits * (1.0 - left / (left + stretched)) / s;
  };
  wait.tail = [=](double t) { return t <= 0.0 ? waits : inverse_transform(transform, t); };
  return wait;
}

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

Nested nested(double lambda, double mu, int slots, int workers) {
  const Queue all = mmc(lambda, mu, workers);
  const double pool = erlang_c(workers, lambda / mu) * std::pow(all.utilization, slots - workers);
  Nested result;
  result.pool = exponential_if(pool, workers * mu - lambda);
  result.mean_at_worker = all.wait.mean - result.pool.mean;
  return result;
}

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

double poisson_above(double mean, int count) {
  double log_term = -mean;
  double below = std::exp(log_term);
  for (int n = 1; n <= count; ++n) {
    log_term += std::log(mean / n);
    below += std::exp(log_term);
  }
  return 1.0 - below;
}

int poisson_quantile(double mean, double p) {
  int count = 0;
  while (poisson_above(mean, count) > 1.0 - p) ++count;
  return count;
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

namespace {

/// 2 sum (partial sums of (f - mean f) p)^2 / (lambda p), where f(n) is a level in state n.
template <class Level>
double variance_constant(const std::vector<double>& p, double lambda, const Level& level) {
  double mean = 0.0;
  for (std::size_t n = 0; n < p.size(); ++n) mean += level(n) * p[n];
  double above = 0.0;  // the partial sums from the far end: nothing cancels there
  double sum = 0.0;
  for (std::size_t n = p.size(); n-- > 1;) {
    above += (level(n) - mean) * p[n];
    sum += 2.0 * above * above / (lambda * p[n - 1]);
  }
  return sum;
}

}  // namespace

AsymptoticVariance mmc_variance(double lambda, double mu, int c) {
  const double load = lambda / (c * mu);
  const int last = c + static_cast<int>(std::ceil(-600.0 / std::log(load)));  // p there: e^-600
  const std::vector<double> p =
      from_ratios(last, [=](int n) { return lambda / (mu * std::min(n, c)); });
  const auto busy = [c](std::size_t n) { return std::min(static_cast<double>(n), 1.0 * c); };
  const auto queued = [c](std::size_t n) { return std::max(static_cast<double>(n) - c, 0.0); };
  return {variance_constant(p, lambda, queued), variance_constant(p, lambda, busy)};
}

}  // namespace sixslots::scenarios::theory
