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

bool all_workers_taken(const VariantView& view) {
  return app(view).workers > 0 && view.result->sample.workers_peak >= app(view).workers;
}

std::string workers_of(const VariantView& view) {
  return fmt::format("{} of {}", counted(static_cast<std::uint64_t>(app(view).workers), "worker"),
                     app(view).kind);
}

std::string status_counts(const VariantView& view) {
  std::uint64_t refusals = 0;
  std::uint64_t dropped = 0;
  for (const models::RequestRecord& record : view.result->sample.records) {
    if (record.status >= 400) ++refusals;
    if (record.outcome == models::Outcome::failed) ++dropped;
  }
  return fmt::format(
      "In the first replication {} with a status of 400 or more (503: the queue for "
      "a worker is full), {} without any answer.",
      counted(refusals, "request"), dropped);
}

}  // namespace

std::optional<Finding> workers_held(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!hangs(study.fate(view)) || !all_workers_taken(view)) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const models::FlowStatistics& flow = *felt.statistics;
  const std::uint64_t without_answer = flow.censored - flow.starved;
  if (without_answer == 0) return std::nullopt;
  const Noun noun = noun_of(*felt.flow);
  const AtTheEnd end = at_the_end(view);
  Finding finding;
  finding.weight =
      65.0 + 30.0 * static_cast<double>(without_answer) / static_cast<double>(flow.count);
  finding.what = fmt::format("All {} are taken, and {} get no answer.", workers_of(view),
                             part_of(without_answer, flow.count, noun.plural));
  finding.evidence = fmt::format(
      "DevTools, Timing: “Waiting for server response” without end. {}, but the app does not begin "
      "with what waits for a worker.",
      server_saw(view));
  finding.why = fmt::format(
      "A worker is held for a whole response; the rows hold {} of them with {}.",
      std::min<std::size_t>(end.holding.size(), static_cast<std::size_t>(app(view).workers)),
      held_noun(end));
  finding.change = simulated_changes(study, variant, gets_through(study));
  return finding;
}

std::optional<Finding> workers_busy(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (study.fate(view) != Fate::slow) return std::nullopt;
  const FlowView& felt = study.felt(view);
  if (felt.queued_share < 0.2) return std::nullopt;
  const Noun noun = noun_of(*felt.flow);
  Finding finding;
  finding.weight = 20.0 + 40.0 * felt.queued_share;
  finding.what =
      fmt::format("{} of the time that {} takes, it waits behind other requests at the server.",
                  short_value(MetricInfo::Unit::ratio, felt.queued_share), noun.one);
  finding.evidence = fmt::format(
      "DevTools shows “Waiting for server response”, the app's own timing does not: {} before a "
      "worker takes it at the 95th percentile.",
      short_value(metric(*view.result, felt.flow->name + ".worker_queue.p95")));
  finding.why = fmt::format("{}; {} busy on average, {} at most.", sentence(workers_of(view)),
                            short_value(metric(*view.result, "workers.mean")),
                            short_value(metric(*view.result, "workers.peak")));
  const auto quicker = [&study, limit = 0.8 * felt.p95.value](const VariantView& other) {
    return gets_through(study)(other) && study.felt(other).p95.value <= limit;
  };
  finding.change = simulated_changes(study, variant, quicker);
  return finding;
}

std::optional<Finding> refused(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!study.has_flow()) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const models::FlowStatistics& flow = *felt.statistics;
  if (flow.failed == 0) return std::nullopt;
  Finding finding;
  finding.weight = 60.0 + 35.0 * static_cast<double>(flow.failed) / static_cast<double>(flow.count);
  finding.what = fmt::format(
      "{} are refused.", sentence(part_of(flow.failed, flow.count, noun_of(*felt.flow).plural)));
  finding.evidence = status_counts(view);
  finding.why =
      app(view).workers == 0
          ? std::string("A connection is refused or closed on the way.")
          : fmt::format("{}, and at most {} may wait for one.", sentence(workers_of(view)),
                        counted(static_cast<std::uint64_t>(app(view).backlog), "request"));
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
  if (view.streams.never_opened > 0 || stale.value < noticeable) return std::nullopt;
  if (stale.kind == MetricValue::Kind::none) return std::nullopt;
  Finding finding;
  finding.weight = 10.0 + std::min(stale.value, 20.0) / 2;
  finding.what =
      fmt::format("What the rows show is up to {} old (95th percentile).", short_value(stale));
  finding.evidence = fmt::format("Median {}; {} reach the app.",
                                 short_value(metric(*view.result, "staleness.p50")),
                                 short_value(metric(*view.result, "requests.rate")) + " requests");
  const bool asks = view.streams.asked_for == 0;
  finding.why = asks ? fmt::format(
                           "The page asks; an update waits for the next question (the page's "
                           "poll interval is {}).",
                           setting(view.world().page.poll_interval))
                     : "Updates wait while the stream that would bring them is not open.";
  const auto fresher = [limit = stale.value / 2](const VariantView& other) {
    const MetricValue its = metric(*other.result, "staleness.p95");
    return its.kind == MetricValue::Kind::exact && its.value <= limit;
  };
  finding.change = simulated_changes(study, variant, fresher, [&](const Group& group) {
    std::vector<double> values;
    for (const std::size_t i : group) {
      values.push_back(metric(*study.variants[i].result, "staleness.p95").value);
    }
    return fmt::format("at most {}", short_duration(*std::ranges::max_element(values)));
  });
  return finding;
}

}  // namespace sixslots::reports
