#include <fmt/format.h>

#include <algorithm>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;
using scenarios::MetricValue;

const models::HopSpec& app(const VariantView& view) { return view.world().hops.back(); }

std::string workers_of(const VariantView& view) {
  const auto workers = static_cast<std::uint64_t>(app(view).workers);
  return fmt::format("{} of {}", counted(workers, "worker"), app(view).kind);
}

double share_of(std::uint64_t part, const models::FlowStatistics& flow) {
  return static_cast<double>(part) / static_cast<double>(flow.count);
}

std::string refusals(const VariantView& view) {
  std::uint64_t statuses = 0;
  std::uint64_t failures = 0;
  for (const models::RequestRecord& record : view.result->sample.records) {
    if (record.status >= 400) ++statuses;
    if (record.outcome == models::Outcome::failed) ++failures;
  }
  return fmt::format(
      "In the first replication: {} answered with a status of 400 or more, {} failed "
      "without an answer.",
      counted(statuses, "request"), failures);
}

}  // namespace

std::optional<Finding> workers_busy(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (study.fate(view) != Fate::slow) return std::nullopt;
  const FlowView& felt = study.felt(view);
  if (felt.queued_share < 0.2) return std::nullopt;
  const std::string& flow = felt.flow->name;
  Finding finding;
  finding.weight = 20.0 + 40.0 * felt.queued_share;
  finding.what =
      fmt::format("{} of the time that {} takes, it waits behind other requests at the server.",
                  short_value(MetricInfo::Unit::ratio, felt.queued_share), noun_of(*felt.flow).one);
  finding.evidence = fmt::format(
      "DevTools, Timing: “Waiting for server response”, longer than the app's own log says: at the "
      "95th percentile it waits {} for a worker and {} before the app.",
      short_value(metric(*view.result, flow + ".worker_queue.p95")),
      short_value(metric(*view.result, flow + ".proxy_queue.p95")));
  finding.why = fmt::format("{} workers are busy on average, {} at most{}.",
                            short_value(metric(*view.result, "workers.mean")),
                            short_value(metric(*view.result, "workers.peak")),
                            app(view).workers > 0 ? "; there are " + workers_of(view) : "");
  finding.change =
      simulated_changes(study, variant, faster_than(study, &FlowView::p95, 0.8 * felt.p95.value));
  return finding;
}

std::optional<Finding> refused(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!study.has_flow()) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const models::FlowStatistics& flow = *felt.statistics;
  const bool told_of_the_storm = flow.failed == flow.storm_failed;
  if (flow.failed == 0 || told_of_the_storm) return std::nullopt;
  Finding finding;
  finding.weight = 60.0 + 35.0 * share_of(flow.failed, flow);
  finding.what =
      sentence(part_of(flow.failed, flow.count, noun_of(*felt.flow).plural)) + " are refused.";
  finding.evidence = refusals(view);
  finding.why = app(view).workers == 0 || app(view).backlog == 0
                    ? std::string("A hop on the way has no room for more.")
                    : fmt::format("{}, and at most {} may wait for one (hop.{}.backlog).",
                                  sentence(workers_of(view)),
                                  counted(static_cast<std::uint64_t>(app(view).backlog), "request"),
                                  view.world().hops.size() - 1);
  const auto accepted = [&study](const VariantView& other) {
    return gets_through(study)(other) && study.felt(other).statistics->failed == 0;
  };
  finding.change = simulated_changes(study, variant, accepted);
  return finding;
}

std::optional<Finding> rows_stale(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const MetricValue stale = metric(*view.result, "staleness.p95");
  constexpr double noticeable = 2.0;  // seconds
  const bool measured = stale.kind != MetricValue::Kind::none;
  if (view.streams.never_opened() > 0 || !measured || stale.value < noticeable) return std::nullopt;
  Finding finding;
  finding.weight = 10.0 + std::min(stale.value, 20.0) / 2;
  finding.what = fmt::format("What a row shows is out of date: {} at the 95th percentile.",
                             short_value(stale));
  finding.evidence = fmt::format(
      "Median {}; {} requests a second reach the app.",
      short_value(metric(*view.result, "staleness.p50")),
      short_value(MetricInfo::Unit::count, metric(*view.result, "requests.rate").value));
  finding.why = view.streams.asked_for == 0
                    ? "An update waits until the page asks again."
                    : "Updates wait while the stream that would bring them is not open.";
  const auto fresher = [limit = stale.value / 2](const VariantView& other) {
    const MetricValue its = metric(*other.result, "staleness.p95");
    return its.kind == MetricValue::Kind::exact && its.value <= limit;
  };
  finding.change = simulated_changes(
      study, variant, fresher, "an update is on display after",
      [&](const Group& group) { return range_of(study, group, "staleness.p95"); });
  return finding;
}

}  // namespace sixslots::reports
