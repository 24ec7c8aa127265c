#include "scenarios/statistics/diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sixslots::scenarios {
namespace {

constexpr double largest_difference = 0.01;  // of the two sides of Little's law
constexpr double fewest_warm_up = 15.0;      // relaxation times
constexpr std::size_t fewest_for_drift = 5;

double average(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

LittleCheck little(std::span<const Segments> segments) {
  LittleCheck check;
  for (const Segments& one : segments) {
    check.level += one.level / static_cast<double>(segments.size());
    check.rate_times_time += one.rate_times_time / static_cast<double>(segments.size());
  }
  return check;
}

/// The last quarter's level less the second quarter's, over replications.
Estimate rise(std::span<const Segments> segments) {
  std::vector<double> rises;
  for (const Segments& one : segments) {
    const std::span<const double> all = one.under_way;
    const std::size_t quarter = all.size() / 4;
    rises.push_back(average(all.last(quarter)) - average(all.subspan(quarter, quarter)));
  }
  return estimate(rises);
}

std::string drift(std::span<const Segments> segments, double observed) {
  if (segments.size() < fewest_for_drift) return {};
  const Estimate change = rise(segments);
  if (change.error <= 0.0 || change.interval(0.99).holds(0.0)) return {};
  if (change.value < 0.0) {
    return "not settled: fewer and fewer requests are under way; the warm-up is too short";
  }
  return fmt::format("unstable: the backlog grows by {:.2g} requests a second",
                     change.value / (observed / 2.0));
}

/// The exponent of a law's tail, where it has one.
std::optional<double> tail_exponent(const sim::Distribution& law) {
  const bool power =
      law.kind() == sim::Distribution::Kind::pareto || law.kind() == sim::Distribution::Kind::lomax;
  if (!power) return std::nullopt;
  return law.parameters()[1];
}

/// Waiting behind such a service has no variance (or not even a mean): its average never settles.
std::string heavy_tail(const Scenario& scenario) {
  const sim::Distribution& app = scenario.world.hops.back().service;
  for (const models::RequestFlow& flow : scenario.world.requests) {
    const std::optional<double> exponent = tail_exponent(flow.service.value_or(app));
    const double least = scenario.run.kind == RunKind::steady ? 3.0 : 2.0;
    if (!exponent || *exponent > least) continue;
    return fmt::format(
        "heavy tail: the service of {} has a tail exponent of {:.3g}, and waiting "
        "behind it no {}",
        flow.name, *exponent, *exponent > 2.0 ? "variance" : "mean");
  }
  return {};
}

void judge_length(const Scenario& scenario, Diagnosis& diagnosis) {
  const double relaxation = diagnosis.relaxation_seconds;
  if (relaxation <= 0.0) return;
  const double times = diagnosis.observed_seconds / relaxation;
  if (times < fewest_relaxation_times && diagnosis.no_intervals.empty()) {
    diagnosis.no_intervals = fmt::format("too short: {:.0f} of {:.0f} relaxation times",
                                         std::floor(times), fewest_relaxation_times);
  }
  const double warm_up = sim::seconds(scenario.run.left_out()) / relaxation;
  if (warm_up < fewest_warm_up) {
    diagnosis.warnings.push_back(fmt::format(
        "the warm-up is {:.1f} relaxation times long; {:.0f} are needed", warm_up, fewest_warm_up));
  }
}

/// Records are kept of the first user alone.
bool has_all_records(const models::WorldSpec& world) {
  return world.fleet.users == 1 && world.fleet.arrival_rate == 0.0;
}

}  // namespace

double LittleCheck::difference() const {
  return level > 0.0 ? std::abs(level - rate_times_time) / level : 0.0;
}

double autocorrelation_time(std::span<const Segments> replications) {
  if (replications.empty()) return 0.0;
  double mean = 0.0;
  for (const Segments& one : replications) {
    mean += one.level / static_cast<double>(replications.size());
  }
  const std::size_t length = replications.front().under_way.size();
  const auto covariance = [&](std::size_t lag) {
    double sum = 0.0;
    for (const Segments& one : replications) {
      for (std::size_t i = 0; i + lag < length; ++i) {
        sum += (one.under_way[i] - mean) * (one.under_way[i + lag] - mean);
      }
    }
    return sum / static_cast<double>(replications.size() * (length - lag));
  };
  const double variance = covariance(0);
  if (variance <= 0.0) return 0.0;
  double sum = 0.5;
  for (std::size_t lag = 1; lag < length / 8; ++lag) {
    if (static_cast<double>(lag) > 5.0 * sum) break;
    sum += std::max(covariance(lag) / variance, 0.0);
  }
  return sum * replications.front().seconds;
}

Diagnosis diagnose(const Scenario& scenario, std::span<const Segments> segments) {
  Diagnosis diagnosis;
  diagnosis.observed_seconds = sim::seconds(scenario.run.duration - scenario.run.left_out());
  diagnosis.no_means = heavy_tail(scenario);
  if (!segments.empty() && !scenario.world.requests.empty() && has_all_records(scenario.world)) {
    diagnosis.little = little(segments);
    if (diagnosis.little->difference() > largest_difference) {
      diagnosis.warnings.push_back(
          fmt::format("Little's law is off by {:.1f} %: {:.4g} requests are under way, rate times "
                      "latency says {:.4g}",
                      100.0 * diagnosis.little->difference(), diagnosis.little->level,
                      diagnosis.little->rate_times_time));
    }
  }
  if (scenario.run.kind == RunKind::terminating) return diagnosis;
  diagnosis.relaxation_seconds = 2.0 * autocorrelation_time(segments);
  diagnosis.no_intervals = drift(segments, diagnosis.observed_seconds);
  judge_length(scenario, diagnosis);
  return diagnosis;
}

}  // namespace sixslots::scenarios
