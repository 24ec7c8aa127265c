#include "scenarios/statistics/metric_intervals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/statistics/quantile_interval.hpp"

namespace sixslots::scenarios {
namespace {

using Kind = MetricValue::Kind;

std::string too_few_requests(double beyond) {
  return fmt::format("too few requests: {:.1f} a replication lie beyond, {:.0f} are needed", beyond,
                     fewest_exceedances);
}

/// No metric is negative, and no share is more than all.
Interval possible(Interval interval, MetricInfo::Unit unit) {
  interval.low = std::max(interval.low, 0.0);
  if (unit == MetricInfo::Unit::ratio) interval.high = std::min(interval.high, 1.0);
  return interval;
}

}  // namespace

void Intervals::add_to(MetricValue& value, std::span<const double> values) {
  const Statistic statistic = statistic_of(value.info);
  if (statistic.kind == Statistic::Kind::other) {
    value.no_interval = "an extreme or a count";
    return;
  }
  const sim::Tally* tally = tally_of(value.info, scenario_, pooled_);
  value.no_interval = trouble(value);
  if (value.no_interval.empty()) value.no_interval = diagnosis_.no_intervals;
  const bool mean_wait = tally != nullptr && statistic.kind == Statistic::Kind::mean;
  if (value.no_interval.empty() && mean_wait) value.no_interval = diagnosis_.no_means;
  if (!value.no_interval.empty()) return;
  if (statistic.kind == Statistic::Kind::quantile) {
    const double beyond = exceedances(*tally, each_.size(), statistic.p);
    if (beyond < fewest_exceedances) {
      value.no_interval = too_few_requests(beyond);
      return;
    }
    value.interval = quantile_interval(tails_of(value.info, tally), statistic.p, value.value);
    if (!value.interval) value.no_interval = "too few requests take longer to say how much longer";
  } else {
    value.interval = of_mean(value.info, values);
  }
}

std::string Intervals::trouble(const MetricValue& value) const {
  if (each_.size() < fewest_replications) {
    return fmt::format("too few replications: {} of {}", each_.size(), fewest_replications);
  }
  if (value.kind == Kind::none) return "nothing was measured";
  if (value.kind == Kind::exact) return {};
  return "unfinished requests: the value is a bound";
}

std::span<const Tail> Intervals::tails_of(const MetricInfo& metric, const sim::Tally* tally) {
  if (tally == tally_) return tails_;
  tally_ = tally;
  tails_.clear();
  for (const Pooled& one : each_) {
    tails_.emplace_back(*tally_of(metric, scenario_, one), tally->unfinished());
  }
  return tails_;
}

Interval Intervals::of_mean(const MetricInfo& metric, std::span<const double> values) const {
  std::vector<Weighted> contributions;
  for (std::size_t i = 0; i < each_.size(); ++i) {
    const double value = std::isnan(values[i]) ? 0.0 : values[i];
    contributions.push_back({value, weight(metric, scenario_, each_[i])});
  }
  return possible(estimate(contributions).interval(), metric.unit);
}

}  // namespace sixslots::scenarios
