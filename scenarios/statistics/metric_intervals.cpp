#include "scenarios/statistics/metric_intervals.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/statistics/quantile_interval.hpp"
#include "scenarios/statistics/student_t.hpp"

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

Intervals::Intervals(const Replications& all, const Diagnosis& diagnosis)
    : all_(all),
      diagnosis_(diagnosis),
      students_t_(student_t(usual_confidence, std::max(static_cast<int>(all.each.size()) - 1, 1))) {
}

void Intervals::add_to(MetricValue& value, std::size_t metric) {
  const Statistic statistic = all_.measures[metric].statistic;
  if (statistic.kind == Statistic::Kind::other) {
    value.no_interval = "an extreme or a count";
    return;
  }
  const std::optional<std::size_t> tally = all_.measures[metric].tally;
  value.no_interval = trouble(value);
  if (value.no_interval.empty()) value.no_interval = diagnosis_.no_intervals;
  const bool mean_wait = tally && statistic.kind == Statistic::Kind::mean;
  if (value.no_interval.empty() && mean_wait) value.no_interval = diagnosis_.no_means;
  if (!value.no_interval.empty()) return;
  if (statistic.kind == Statistic::Kind::quantile) {
    const double beyond = exceedances(all_.pooled.tally(*tally), all_.each.size(), statistic.p);
    if (beyond < fewest_exceedances) {
      value.no_interval = too_few_requests(beyond);
      return;
    }
    value.interval = quantile_interval(tails_of(*tally), statistic.p, value.value, students_t_);
    if (!value.interval) value.no_interval = "too few requests take longer to say how much longer";
  } else {
    value.interval = of_mean(metric, value.info.unit);
  }
}

std::string Intervals::trouble(const MetricValue& value) const {
  if (all_.each.size() < fewest_replications) {
    return fmt::format("too few replications: {} of {}", all_.each.size(), fewest_replications);
  }
  if (value.kind == Kind::none) return "nothing was measured";
  if (value.kind == Kind::exact) return {};
  return "unfinished requests: the value is a bound";
}

std::span<const Tail> Intervals::tails_of(std::size_t tally) {
  if (tally == tally_) return tails_;
  tally_ = tally;
  tails_.clear();
  const sim::Unfinished unfinished = all_.pooled.tally(tally).unfinished();
  for (const Kept& one : all_.each) tails_.emplace_back(one.tallies[tally], unfinished);
  return tails_;
}

Interval Intervals::of_mean(std::size_t metric, MetricInfo::Unit unit) const {
  std::vector<Weighted> contributions;
  contributions.reserve(all_.each.size());
  for (const Kept& one : all_.each) contributions.push_back(one.contribution(metric));
  return possible(estimate(contributions).interval_of(students_t_), unit);
}

}  // namespace sixslots::scenarios
