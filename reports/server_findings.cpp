#include <fmt/format.h>

#include <algorithm>

#include "models/design.hpp"
#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/storm.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;
using scenarios::MetricValue;

const models::HopSpec& app(const VariantView& view) { return view.world().hops.back(); }

std::string workers_of(const VariantView& view) {
  const auto workers = static_cast<std::uint64_t>(app(view).workers);
  return fmt::format("{} of {}", counted(workers, "worker"), app(view).kind);
}

std::string workers_there_are(const VariantView& view) {
  const int workers = app(view).workers;
  if (workers == 0) return "";
  return fmt::format("; there {} {}", workers == 1 ? "is" : "are", workers_of(view));
}

/// Of what there is too little where the felt flow waits.
std::string who_is_busy(const VariantView& view, const FlowView& felt) {
  const std::optional<Wall> wall = longest_line(view, *felt.statistics);
  if (wall && wall->unit != "worker") return too_little(*wall);
  return fmt::format("{} workers are busy on average, {} at most{}.",
                     short_value(metric(*view.result, "workers.mean")),
                     short_value(metric(*view.result, "workers.peak")), workers_there_are(view));
}

/// More of which would make its line shorter; empty where it is nothing that runs out.
std::string key_of_line(const VariantView& view, const FlowView& felt) {
  const std::optional<Wall> wall = longest_line(view, *felt.statistics);
  return wall ? wall->key : std::string();
}

/// As old as what a page shows gets when all goes well, where it asks at intervals.
bool is_between_polls(const VariantView& view, double stale) {
  const models::PageSpec& page = view.world().page;
  const bool at_intervals = page.design == nullptr || !page.design->name.starts_with("long-poll");
  return at_intervals && stale <= 1.5 * sim::seconds(page.poll_interval);
}

/// What keeps updates from being displayed.
std::string why_stale(const VariantView& view, double stale) {
  if (const std::string blank = never_loads(view); !blank.empty()) return sentence(blank) + ".";
  const bool has_streams = view.streams.asked_for > 0;
  const bool is_usual = has_streams ? metric(*view.result, "streams.lost").value > 0.0
                                    : is_between_polls(view, stale);
  if (has_events(view) && !is_usual) return effects_of_events(view);
  return has_streams ? "Updates wait while the stream that would bring them is not open."
                     : "An update waits until the page asks again.";
}

double share_of(std::uint64_t part, const models::FlowStatistics& flow) {
  return static_cast<double>(part) / static_cast<double>(flow.count);
}

/// The records are one user's; what all have together is counted.
std::string failures_seen(const Study& study, const VariantView& view) {
  std::uint64_t statuses = 0;
  std::uint64_t failures = 0;
  for (const models::RequestRecord& record : view.result->sample.records) {
    if (record.status >= 400) ++statuses;
    if (record.outcome == models::Outcome::failed) ++failures;
  }
  const std::string seen =
      fmt::format("{} answered with a status of 400 or more, {} failed without an answer",
                  counted(statuses, "request"), failures);
  if (view.world().fleet.users == 1) return fmt::format("In the first replication: {}.", seen);
  const FlowView& felt = study.felt(view);
  const double each = static_cast<double>(felt.statistics->failed) / view.result->replications;
  return fmt::format(
      "In a replication {} {} of all users fail. Of the first user, in the first: {}.",
      short_value(MetricInfo::Unit::count, each), noun_of(*felt.flow).plural, seen);
}

std::string refusal_of(const VariantView& view, std::size_t hop) {
  const models::HopSpec& spec = view.world().hops[hop];
  const bool is_app = hop + 1 == view.world().hops.size();
  if (!is_app || spec.workers == 0 || spec.backlog == 0) {
    const Wall wall = walls(view)[hop + 1];
    if (!wall.binds()) return fmt::format("{} has no room for more.", sentence(clean(spec.kind)));
    return fmt::format("{} has no room for more than {} ({}).", sentence(clean(spec.kind)),
                       counted(static_cast<std::uint64_t>(wall.limit), wall.unit), wall.key);
  }
  return fmt::format("{}, and at most {} may wait for one (hop.{}.backlog).",
                     sentence(workers_of(view)),
                     counted(static_cast<std::uint64_t>(spec.backlog), "request"), hop);
}

/// Why requests fail, as far as the hops' counters and the events tell.
std::string causes_of_failures(const VariantView& view, const FlowView& felt) {
  std::vector<std::string> causes;
  for (std::size_t hop = 0; hop < view.world().hops.size(); ++hop) {
    const double count = metric(*view.result, fmt::format("hop.{}.refused", hop)).value;
    if (count > 0.0) causes.push_back(refusal_of(view, hop));
  }
  const std::optional<Cut> cut = most_cut(view);
  const bool streams_end_so = view.streams.asked_for > 0;  // and not these requests
  if (cut && (causes.empty() || !streams_end_so)) {
    causes.push_back(cut->rule() + line_until_cut(view, felt));
  }
  if (has_events(view)) causes.push_back(effects_of_events(view));
  return fmt::format("{}", fmt::join(causes, " "));
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
  std::vector<std::string> waits;
  if (app(view).workers > 0) {
    waits.push_back(short_value(metric(*view.result, flow + ".worker_queue.p95")) +
                    " for a worker");
  }
  waits.push_back(short_value(metric(*view.result, flow + ".proxy_queue.p95")) + " before the app");
  finding.evidence = fmt::format(
      "DevTools, Timing: “Waiting for server response”, longer than the app's own log says: at the "
      "95th percentile it waits {}.",
      joined(waits));
  finding.why = who_is_busy(view, felt);
  finding.remedy =
      by_median(study, variant, faster_than(study, &FlowView::p95, 0.8 * felt.p95.value),
                key_of_line(view, felt));
  return finding;
}

std::optional<Finding> refused(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!study.has_flow()) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const models::FlowStatistics& flow = *felt.statistics;
  const std::uint64_t told_of = flow.storm_failed + cut_behind_streams(study, variant);
  if (flow.failed <= told_of) return std::nullopt;
  Finding finding;
  finding.weight = 60.0 + 35.0 * share_of(flow.failed, flow);
  finding.what =
      sentence(part_of(flow.failed, flow.count, noun_of(*felt.flow).plural, failing(view, felt))) +
      ".";
  finding.evidence = failures_seen(study, view);
  finding.why = causes_of_failures(view, felt);
  const auto accepted = [&study](const VariantView& other) {
    return gets_through(study)(other) && study.felt(other).statistics->failed == 0;
  };
  finding.remedy = by_median(study, variant, accepted);
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
  finding.why = why_stale(view, stale.value);
  finding.cause = finding.why;
  const auto fresher = [limit = stale.value / 2](const VariantView& other) {
    const MetricValue its = metric(*other.result, "staleness.p95");
    return its.kind == MetricValue::Kind::exact && its.value <= limit;
  };
  finding.remedy = {fresher, "an update is on display after", [&study](const Group& group) {
                      return range_of(study, group, "staleness.p95");
                    }};
  return finding;
}

}  // namespace sixslots::reports
