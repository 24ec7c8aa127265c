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
  const bool unbounded = measured.is_bound();
  switch (expectation.op) {
    case Operator::less:
      return !unbounded && value < expectation.limit;
    case Operator::less_equal:
      return !unbounded && value <= expectation.limit;
    case Operator::greater:
      if (measured.kind == MetricValue::Kind::never) return true;
      return value > expectation.limit || (unbounded && value >= expectation.limit);
    case Operator::greater_equal:
      return measured.kind == MetricValue::Kind::never || value >= expectation.limit;
    case Operator::equal:
      return !unbounded && value == expectation.limit;
    case Operator::not_equal:
      return unbounded || value != expectation.limit;
  }
  return false;
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

/// An answer that refuses comes fast: what is quick may be so because it does not work.
void warn_of_failures(const Scenario& scenario, const Pooled& pooled, Diagnosis& diagnosis) {
  for (std::size_t i = 0; i < pooled.flows.size(); ++i) {
    const models::FlowStatistics& flow = pooled.flows[i];
    if (flow.failed == 0) continue;
    diagnosis.warnings.push_back(fmt::format(
        "{} of {} \"{}\" requests failed; latency is of all that got an answer, refusals too",
        flow.failed, flow.count, scenario.world.requests[i].name));
  }
}

/// Who has no page makes no requests: what is left may look well.
void warn_of_failed_pages(const Pooled& pooled, Diagnosis& diagnosis) {
  const double failed = pooled.pages_failed / pooled.replications;
  if (failed == 0.0) return;
  diagnosis.warnings.push_back(
      fmt::format("{:.3g} {} a replication; whose page fails makes no requests", failed,
                  failed == 1.0 ? "page fails to load in" : "pages fail to load in"));
}

}  // namespace

Replicated measured(const Scenario& scenario, std::span<const MetricInfo> metrics,
                    const models::RunSpec& run, models::Observations&& seen) {
  const sim::Duration seen_for = seen.end - sim::start_of_time - run.warm_up;
  Replicated done;
  if (run.keep_records) done.segments = segments_of(seen, run.warm_up);
  done.measured = Pooled(seen, std::max(sim::seconds(seen_for), 0.0));
  done.values.reserve(metrics.size());
  for (const MetricInfo& metric : metrics) {
    const Measured value = value_of(metric, scenario, done.measured);
    const bool none = value.kind == MetricValue::Kind::none;
    done.values.push_back(none ? std::numeric_limits<double>::quiet_NaN() : value.value);
  }
  done.cut_short = seen.end < sim::start_of_time + run.duration;
  done.sample = std::move(seen);
  return done;
}

void Gathering::add(int index, Replicated&& done) {
  // Of the first run there is something to tell even if it was ended before its time.
  const bool worth_while = index == 0 && done.measured.observed_seconds > 0.0;
  if (done.cut_short && !worth_while) return;
  pooled_.merge(done.measured);
  each_.push_back(std::move(done.measured));
  for (std::size_t i = 0; i < metrics_.size(); ++i) values_[i].push_back(done.values[i]);
  if (done.segments) segments_.push_back(std::move(*done.segments));
  if (index == 0) sample_ = std::move(done.sample);
}

VariantResult Gathering::result() {
  VariantResult result;
  result.variant = variant_;
  result.flows = pooled_.flows;
  result.replications = pooled_.replications;
  result.diagnosis = diagnose(variant_.scenario, segments_);
  warn_of_impatience(variant_.scenario, pooled_, result.diagnosis);
  warn_of_failures(variant_.scenario, pooled_, result.diagnosis);
  warn_of_failed_pages(pooled_, result.diagnosis);
  Intervals intervals(variant_.scenario, pooled_, each_, result.diagnosis);
  for (std::size_t i = 0; i < metrics_.size(); ++i) {
    MetricValue& value =
        result.metrics.emplace_back(measure(metrics_[i], variant_.scenario, pooled_));
    intervals.add_to(value, values_[i]);
    if (is_of_demand(metrics_[i])) std::ranges::fill(values_[i], value.value);
  }
  result.by_replication = std::move(values_);
  for (const Expectation* expectation : expectations_for(variant_)) {
    const MetricValue& measured = result.metric(expectation->metric);
    result.verdicts.push_back(
        {*expectation, measured, holds(*expectation, measured),
         evidence(measured.info, expectation->limit, variant_.scenario, pooled_, each_)});
  }
  result.sample = std::move(sample_);
  return result;
}

Gathering::Precision Gathering::precision() const {
  Precision found;
  const Diagnosis diagnosis = diagnose(variant_.scenario, segments_);
  Intervals intervals(variant_.scenario, pooled_, each_, diagnosis);
  for (std::size_t i = 0; i < metrics_.size(); ++i) {
    if (!decides(metrics_[i])) continue;
    MetricValue value = measure(metrics_[i], variant_.scenario, pooled_);
    intervals.add_to(value, values_[i]);
    const double wanted = variant_.scenario.run.precision.value * std::abs(value.value);
    if (value.interval && value.interval->half_width() <= wanted) continue;
    found.reached = false;
    if (value.interval || replications() < fewest_replications) found.more_helps = true;
  }
  return found;
}

bool Gathering::decides(const MetricInfo& metric) const {
  if (statistic_of(metric).kind == Statistic::Kind::other) return false;
  const std::vector<Expectation>& expected = variant_.scenario.expect;
  if (expected.empty()) return metric.name.ends_with(".latency.mean");
  return std::ranges::find(expected, metric.name, &Expectation::metric) != expected.end();
}

}  // namespace sixslots::scenarios
