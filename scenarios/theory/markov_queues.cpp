#include "scenarios/theory/markov_queues.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/theory/birth_death.hpp"
#include "scenarios/theory/transform.hpp"

namespace sixslots::scenarios::theory {
namespace {

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

Nested nested(double lambda, double mu, int slots, int workers) {
  const Queue all = mmc(lambda, mu, workers);
  const double pool = erlang_c(workers, lambda / mu) * std::pow(all.utilization, slots - workers);
  Nested result;
  result.pool = exponential_if(pool, workers * mu - lambda);
  result.mean_at_worker = all.wait.mean - result.pool.mean;
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
  const auto all = [](std::size_t n) { return static_cast<double>(n); };
  return {variance_constant(p, lambda, queued), variance_constant(p, lambda, all),
          variance_constant(p, lambda, busy)};
}

double mm1_wait_variance(double lambda, double mu) {
  const double load = lambda / mu;
  const double idle = 1.0 - load;
  return load * (2.0 + 5.0 * load - 4.0 * load * load + load * load * load) /
         (idle * idle * idle * idle * mu * mu);
}

}  // namespace sixslots::scenarios::theory
