#include "scenarios/gathering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "scenarios/statistics/metric_intervals.hpp"

namespace sixslots::scenarios {
namespace {

bool holds(const Expectation& expectation, const MetricValue& measured) {
  using Operator = Expectation::Operator;
  if (measured.kind == MetricValue::Kind::none) return false;
  const double value = measured.value;
  const bool unbounded = measured.kind != MetricValue::Kind::exact;
  switch (expectation.op) {
    case Operator::less:
      return !unbounded && value < expectation.limit;
    case Operator::less_equal:
      return !unbounded && value <= expectation.limit;
    case Operator::greater:
      return value > expectation.limit || (unbounded && value >= expectation.limit);
    case Operator::greater_equal:
      return value >= expectation.limit;
    case Operator::equal:
      return !unbounded && value == expectation.limit;
    case Operator::not_equal:
      return unbounded || value != expectation.limit;
  }
  return false;
}

/// Of a run that was ended before its time there is something to tell.
bool is_worth_while(const Replicated& done, const RunSettings& run) {
  return done.seen.end > sim::start_of_time + run.warm_up;
}

/// Percentiles tell what a request would wait that has the patience; that few have it is news.
void warn_of_impatience(const Scenario& scenario, const Pooled& pooled, Diagnosis& diagnosis) {
  for (std::size_t i = 0; i < pooled.flows.size(); ++i) {
    const models::FlowStatistics& flow = pooled.flows[i];
    if (flow.given_up == 0) continue;
    diagnosis.warnings.push_back(
        fmt::format("{} of {} \"{}\" requests were given up before they were sent", flow.given_up,
                    flow.count, scenario.world.requests[i].name));
  }
}

}  // namespace

void Gathering::add(int index, Replicated&& done) {
  const RunSettings& run = variant_.scenario.run;
  if (done.cut_short && (index > 0 || !is_worth_while(done, run))) return;
  const sim::Duration seen_for = done.seen.end - sim::start_of_time - run.warm_up;
  const double seconds = std::max(sim::seconds(seen_for), 0.0);
  pooled_.add(done.seen, seconds);
  each_.emplace_back().add(done.seen, seconds);
  if (done.segments) segments_.push_back(std::move(*done.segments));
  if (index == 0) sample_ = std::move(done.seen);
}

VariantResult Gathering::result() {
  VariantResult result;
  result.variant = variant_;
  result.flows = pooled_.flows;
  result.replications = pooled_.replications;
  result.diagnosis = diagnose(variant_.scenario, segments_);
  warn_of_impatience(variant_.scenario, pooled_, result.diagnosis);
  for (const MetricInfo& metric : metrics_of(variant_.scenario)) {
    result.metrics.push_back(measured(metric, result.diagnosis));
    result.by_replication.push_back(by_replication(metric));
  }
  for (const Expectation* expectation : expectations_for(variant_)) {
    const MetricValue& measured = result.metric(expectation->metric);
    result.verdicts.push_back(
        {*expectation, measured, holds(*expectation, measured),
         evidence(measured.info, expectation->limit, variant_.scenario, each_)});
  }
  result.sample = std::move(sample_);
  return result;
}

Gathering::Precision Gathering::precision() const {
  Precision found;
  const Diagnosis diagnosis = diagnose(variant_.scenario, segments_);
  for (const MetricInfo& metric : metrics_of(variant_.scenario)) {
    if (!decides(metric)) continue;
    const MetricValue value = measured(metric, diagnosis);
    const double wanted = variant_.scenario.run.precision.value * std::abs(value.value);
    if (value.interval && value.interval->half_width() <= wanted) continue;
    found.reached = false;
    if (value.interval || replications() < fewest_replications) found.more_helps = true;
  }
  return found;
}

MetricValue Gathering::measured(const MetricInfo& metric, const Diagnosis& diagnosis) const {
  MetricValue value = measure(metric, variant_.scenario, pooled_);
  add_interval(value, variant_.scenario, pooled_, each_, diagnosis);
  return value;
}

std::vector<double> Gathering::by_replication(const MetricInfo& metric) const {
  std::vector<double> values;
  for (const Pooled& one : each_) {
    const MetricValue value = measure(metric, variant_.scenario, one);
    const bool none = value.kind == MetricValue::Kind::none;
    values.push_back(none ? std::numeric_limits<double>::quiet_NaN() : value.value);
  }
  return values;
}

bool Gathering::decides(const MetricInfo& metric) const {
  if (statistic_of(metric).kind == Statistic::Kind::other) return false;
  const std::vector<Expectation>& expected = variant_.scenario.expect;
  if (expected.empty()) return metric.name.ends_with(".latency.mean");
  return std::ranges::find(expected, metric.name, &Expectation::metric) != expected.end();
}

}  // namespace sixslots::scenarios
