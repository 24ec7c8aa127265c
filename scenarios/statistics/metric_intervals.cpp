#include "scenarios/statistics/metric_intervals.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/statistics/quantile_interval.hpp"

namespace sixslots::scenarios {
namespace {

using Kind = MetricValue::Kind;

std::string trouble(const MetricValue& value, std::size_t replications) {
  if (replications < fewest_replications) {
    return fmt::format("too few replications: {} of {}", replications, fewest_replications);
  }
  if (value.kind == Kind::none) return "nothing was measured";
  if (value.kind == Kind::exact) return {};
  return "unfinished requests: the value is a bound";
}

std::string too_few_requests(double beyond) {
  return fmt::format("too few requests: {:.1f} a replication lie beyond, {:.0f} are needed", beyond,
                     fewest_exceedances);
}

/// The value that a replication contributes to a mean, and its weight.
Weighted contribution(const MetricValue& value, const Scenario& scenario, const Pooled& one) {
  const MetricValue measured = measure(value.info, scenario, one);
  return {measured.kind == Kind::none ? 0.0 : measured.value, weight(value.info, scenario, one)};
}

/// No metric is negative, and no share is more than all.
Interval possible(Interval interval, MetricInfo::Unit unit) {
  interval.low = std::max(interval.low, 0.0);
  if (unit == MetricInfo::Unit::ratio) interval.high = std::min(interval.high, 1.0);
  return interval;
}

}  // namespace

void add_interval(MetricValue& value, const Scenario& scenario, const Pooled& pooled,
                  std::span<const Pooled> each, const Diagnosis& diagnosis) {
  const Statistic statistic = statistic_of(value.info);
  if (statistic.kind == Statistic::Kind::other) {
    value.no_interval = "an extreme or a count";
    return;
  }
  const sim::Tally* tally = tally_of(value.info, scenario, pooled);
  value.no_interval = trouble(value, each.size());
  if (value.no_interval.empty()) value.no_interval = diagnosis.no_intervals;
  const bool mean_wait = tally != nullptr && statistic.kind == Statistic::Kind::mean;
  if (value.no_interval.empty() && mean_wait) value.no_interval = diagnosis.no_means;
  if (!value.no_interval.empty()) return;
  if (statistic.kind == Statistic::Kind::quantile) {
    const double beyond = exceedances(*tally, each.size(), statistic.p);
    if (beyond < fewest_exceedances) {
      value.no_interval = too_few_requests(beyond);
      return;
    }
    std::vector<Tail> tails;
    for (const Pooled& one : each) tails.emplace_back(*tally_of(value.info, scenario, one));
    value.interval = quantile_interval(tails, statistic.p, value.value);
    return;
  }
  std::vector<Weighted> contributions;
  for (const Pooled& one : each) contributions.push_back(contribution(value, scenario, one));
  value.interval = possible(estimate(contributions).interval(), value.info.unit);
}

}  // namespace sixslots::scenarios
