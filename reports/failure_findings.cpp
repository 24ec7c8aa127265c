#include <fmt/format.h>

#include <algorithm>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/storm.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;

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

/// Why requests fail, as far as the hops' counters and the events tell; and the line that they wait
/// in until they are cut.
std::string causes_of_failures(const VariantView& view, const std::string& line) {
  std::vector<std::string> causes;
  for (std::size_t hop = 0; hop < view.world().hops.size(); ++hop) {
    const double count = metric(*view.result, fmt::format("hop.{}.refused", hop)).value;
    if (count > 0.0) causes.push_back(refusal_of(view, hop));
  }
  const std::optional<Cut> cut = most_cut(view);
  const bool streams_end_so = view.streams.asked_for > 0;  // and not these requests
  if (cut && (causes.empty() || !streams_end_so)) {
    causes.push_back(cut->rule() + line);
  }
  if (has_events(view)) causes.push_back(effects_of_events(view));
  return fmt::format("{}", fmt::join(causes, " "));
}

/// What the first hop that refuses has too little of: "hop.0.connections"; empty where none does.
std::string key_of_refusal(const VariantView& view) {
  const std::vector<Wall> all = walls(view);
  const auto refuses = [](const Wall& wall) { return wall.refused > 0.0 && wall.binds(); };
  const auto first = std::find_if(all.begin() + 1, all.end(), refuses);
  return first == all.end() ? std::string() : first->key;
}

/// " Php-fpm has 5 workers (hop.1.workers), and at most 7 requests wait for one."; empty where no
/// hop cuts those that wait in a line.
std::string line_of_cut(const VariantView& view) {
  const std::optional<Cut> cut = most_cut(view);
  const std::optional<Wall> line = cut ? longest_line_behind(view, cut->hop) : std::nullopt;
  return line ? " " + too_little(*line) : "";
}

double failed_pages(const VariantView& view) { return metric(*view.result, "pages.failed").value; }

}  // namespace

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
  finding.why = causes_of_failures(view, line_until_cut(view, felt));
  const auto accepted = [&study](const VariantView& other) {
    return gets_through(study)(other) && study.felt(other).statistics->failed == 0;
  };
  finding.remedy = by_median(study, variant, accepted, key_of_refusal(view));
  finding.remedy.what = "none fails, and " + finding.remedy.what;
  return finding;
}

std::optional<Finding> pages_fail(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const std::string text = failing_pages(view);
  const bool is_told_of = !refuses(view) && cut_behind_streams(study, variant) > 0;
  if (text.empty() || is_told_of) return std::nullopt;
  Finding finding;
  const double all = static_cast<double>(view.world().fleet.users) * view.world().tabs;
  finding.weight = 70.0 + 30.0 * std::min(failed_pages(view) / all, 1.0);
  finding.what = sentence(text) + ": nothing happens there.";
  finding.evidence =
      "DevTools, Network: a document that fails, or has another status than 200, and no request "
      "after it.";
  finding.why = causes_of_failures(view, line_of_cut(view));
  finding.cause = effects_of_events(view) + key_of_refusal(view);
  const auto loads = [](const VariantView& other) { return failing_pages(other).empty(); };
  finding.remedy = {loads, "every page loads", [](const Group&) { return std::string(); },
                    key_of_refusal(view)};
  return finding;
}

}  // namespace sixslots::reports
