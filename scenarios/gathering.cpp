#include "scenarios/gathering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "scenarios/judgement.hpp"
#include "scenarios/statistics/metric_intervals.hpp"

namespace sixslots::scenarios {
namespace {

/// Of each flow, how many of its requests came to some end that its percentiles do not show.
void warn_of_requests(const Scenario& scenario, const Pooled& pooled,
                      std::uint64_t models::FlowCounts::*some, std::string_view end,
                      Diagnosis& diagnosis) {
  for (std::size_t i = 0; i < pooled.counts.size(); ++i) {
    const models::FlowCounts& counts = pooled.counts[i];
    if (counts.*some == 0) continue;
    diagnosis.warnings.push_back(fmt::format("{} of {} \"{}\" requests {}", counts.*some,
                                             counts.count, scenario.world.requests[i].name, end));
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

void measure(std::span<const MetricMeasure> measures, const models::RunSpec& run,
             models::Observations& seen, Replicated& done) {
  const sim::Duration seen_for = seen.end - sim::start_of_time - run.warm_up;
  done.segments.reset();
  if (run.keep_records) done.segments = segments_of(seen, run.warm_up);
  done.cut_short = seen.end < sim::start_of_time + run.duration;
  const Pooled one(seen, std::max(sim::seconds(seen_for), 0.0));
  keep(measures, one, done.kept);
  done.totals = one;
}

void Gathering::add(int index, Replicated& done) {
  // Of the first run there is something to tell even if it was ended before its time.
  const bool worth_while = index == 0 && done.totals.observed_seconds > 0.0;
  if (done.cut_short && !worth_while) return;
  pooled_.merge(done.totals, done.kept.tallies);
  each_.push_back(done.kept);
  if (done.segments) segments_.push_back(*done.segments);
  if (done.sample) sample_ = std::move(*done.sample);
}

VariantResult Gathering::result() {
  VariantResult result;
  result.variant = variant_;
  result.flows = pooled_.flows();
  result.replications = pooled_.replications;
  result.diagnosis = diagnose(variant_.scenario, segments_);
  using models::FlowCounts;
  warn_of_requests(variant_.scenario, pooled_, &FlowCounts::given_up,
                   "were given up before they were sent", result.diagnosis);
  // An answer that refuses comes fast: what is quick may be so because it does not work.
  warn_of_requests(variant_.scenario, pooled_, &FlowCounts::failed,
                   "failed; latency is of all that got an answer, refusals too", result.diagnosis);
  warn_of_failed_pages(pooled_, result.diagnosis);
  const Replications all = replications_so_far();
  Intervals intervals(all, result.diagnosis);
  for (std::size_t i = 0; i < measures_.size(); ++i) {
    MetricValue& value = result.metrics.emplace_back(measures_[i].of(pooled_));
    intervals.add_to(value, i);
    std::vector<double>& values = result.by_replication.emplace_back(values_of(i));
    if (is_of_demand(measures_[i].info)) std::ranges::fill(values, value.value);
  }
  for (const Expectation* expectation : expectations_for(variant_)) {
    const MetricValue& measured = result.metric(expectation->metric);
    Verdict& verdict = result.verdicts.emplace_back(
        Verdict{*expectation, measured, holds(*expectation, measured)});
    verdict.evidence = evidence(expectation->metric, expectation->limit, all);
    judge(verdict, all, result.diagnosis);
  }
  result.sample = std::move(sample_);
  return result;
}

Gathering::Precision Gathering::precision() const {
  Precision found;
  const Diagnosis diagnosis = diagnose(variant_.scenario, segments_);
  Intervals intervals(replications_so_far(), diagnosis);
  for (std::size_t i = 0; i < measures_.size(); ++i) {
    if (!decides(measures_[i])) continue;
    MetricValue value = measures_[i].of(pooled_);
    intervals.add_to(value, i);
    const double wanted = variant_.scenario.run.precision.value * std::abs(value.value);
    if (value.interval && value.interval->half_width() <= wanted) continue;
    found.reached = false;
    if (value.interval || replications() < fewest_replications) found.more_helps = true;
  }
  return found;
}

Replications Gathering::replications_so_far() const { return {measures_, pooled_, each_}; }

std::vector<double> Gathering::values_of(std::size_t metric) const {
  std::vector<double> values;
  values.reserve(each_.size());
  for (const Kept& one : each_) values.push_back(one.values[metric].value);
  return values;
}

bool Gathering::decides(const MetricMeasure& measure) const {
  if (measure.statistic.kind == Statistic::Kind::other) return false;
  const MetricInfo& metric = measure.info;
  const std::vector<Expectation>& expected = variant_.scenario.expect;
  if (expected.empty()) return metric.name.ends_with(".latency.mean");
  return std::ranges::find(expected, metric.name, &Expectation::metric) != expected.end();
}

}  // namespace sixslots::scenarios
