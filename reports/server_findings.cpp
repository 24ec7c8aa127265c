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

std::string workers_there_are(const VariantView& view) {
  const int workers = app(view).workers;
  if (workers == 0) return "";
  return fmt::format("; there {} {}", workers == 1 ? "is" : "are", workers_of(view));
}

/// Of what there is too little where the felt flow waits.
std::string who_is_busy(const VariantView& view, const FlowView& felt) {
  const std::optional<Wall> wall = longest_line(view, *felt.statistics);
  if (wall && wall->unit != "worker") return too_little(*wall);
  const std::string busy = short_value(metric(*view.result, "workers.mean"));
  return fmt::format("{} {} busy on average, {} at most{}.", busy,
                     busy == "1" ? "worker is" : "workers are",
                     short_value(metric(*view.result, "workers.peak")), workers_there_are(view));
}

/// Of a page without streams.
bool asks_at_intervals(const models::PageSpec& page) {
  return page.design == nullptr || !page.design->name.starts_with("long-poll");
}

/// As old as what a page shows gets when all goes well, where it asks at intervals.
bool is_between_polls(const VariantView& view, double stale) {
  const models::PageSpec& page = view.world().page;
  return asks_at_intervals(page) && stale <= 1.5 * sim::seconds(page.poll_interval);
}

/// One of twenty of the rows' requests waits in the browser for half as long as updates do, on a
/// page without streams that nothing happens to.
bool waits_for_slots(const VariantView& view, double stale) {
  if (view.streams.asked_for > 0 || has_events(view)) return false;
  std::vector<double> waits;
  for (const models::RequestRecord& record : view.result->sample.records) {
    if (record.flow != models::row_traffic) continue;
    const sim::Time until = record.finished.value_or(view.result->sample.end);
    waits.push_back(sim::seconds(models::stalled(record, until)));
  }
  if (waits.empty() || wall_of_slots(view).queue == 0.0) return false;
  const auto slowest = waits.begin() + static_cast<std::ptrdiff_t>(waits.size() * 19 / 20);
  std::ranges::nth_element(waits, slowest);
  return 2.0 * *slowest >= stale;
}

/// One of twenty tabs is hidden, or more, and what asks is a timer that fires more often than it is
/// let there.
bool timers_are_late(const VariantView& view, double stale) {
  const models::WorldSpec& world = view.world();
  const models::BrowserProfile& browser = world.browser;
  const sim::Duration late =
      std::max(browser.hidden_timer_period, browser.hidden_timer_period_late);
  const bool are_slowed = browser.hidden_timer_period > sim::Duration::zero();
  return are_slowed && late > world.page.poll_interval && asks_at_intervals(world.page) &&
         world.fleet.hidden_share.value >= 0.05 && stale > sim::seconds(world.page.poll_interval);
}

/// "The timers of hidden tabs fire once in 1 s at most in Chrome, and after 300 s in hiding once in
/// 60 s (...)"
std::string late_timers(const VariantView& view) {
  const models::BrowserProfile& browser = view.world().browser;
  return fmt::format(
      "{} of the users have the page in a hidden tab (fleet.hidden_share). There {} lets timers "
      "fire once in {} at most, and once in {} when the tab has been hidden for {}: the page asks "
      "again later than page.poll_interval says.",
      short_value(MetricInfo::Unit::ratio, view.world().fleet.hidden_share.value),
      browser_name(view.world()), short_duration(browser.hidden_timer_period),
      short_duration(browser.hidden_timer_period_late),
      short_duration(browser.hidden_timer_patience));
}

/// What keeps updates from being displayed.
std::string why_stale(const VariantView& view, double stale, bool for_slots) {
  if (const std::string blank = never_loads(view); !blank.empty()) return sentence(blank) + ".";
  const bool has_streams = view.streams.asked_for > 0;
  const bool is_usual = has_streams ? metric(*view.result, "streams.lost").value > 0.0
                                    : is_between_polls(view, stale);
  if (has_events(view) && !is_usual) return effects_of_events(view);
  if (has_streams) return "Updates wait while the stream that would bring them is not open.";
  if (for_slots) {
    return "An update waits until the page asks again, and what asks waits for a " +
           wall_of_slots(view).unit + ": " + line_in_browser(view);
  }
  if (timers_are_late(view, stale)) return late_timers(view);
  return "An update waits until the page asks again.";
}

/// Of those that fail most have waited in the same line, or for what event streams hold: that is
/// told with the failures.
bool is_told_of_its_failures(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (study.fate(view) != Fate::refused) return false;
  const models::FlowStatistics& flow = *study.felt(view).statistics;
  const CutInLine cut = cut_in_line(view, flow);
  return 2 * (cut.at_proxies + cut.at_app) > flow.failed || workers_held(study, variant) ||
         connections_held(study, variant);
}

}  // namespace

std::optional<Finding> workers_busy(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!study.has_flow() || is_told_of_its_failures(study, variant)) return std::nullopt;
  const FlowView& felt = study.felt(view);
  if (!waits_all_along(felt) || felt.queued_share < 0.2) return std::nullopt;
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
  finding.remedy = by_median(study, variant, faster_than(study, variant, &FlowView::p95, 0.8),
                             key_of_line(view, felt));
  return finding;
}

std::optional<Finding> rows_stale(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const MetricValue stale = metric(*view.result, "staleness.p95");
  constexpr double noticeable = 2.0;  // seconds
  const bool measured = stale.kind != MetricValue::Kind::none;
  if (view.streams.never_opened() > 0 || !measured || stale.value < noticeable) return std::nullopt;
  if (!failing_pages(view).empty() && !never_loads(view).empty())
    return std::nullopt;  // told of it
  Finding finding;
  finding.weight = 10.0 + std::min(stale.value, 20.0) / 2;
  finding.what = fmt::format("What a row shows is out of date: {} at the 95th percentile.",
                             short_value(stale));
  finding.evidence = fmt::format(
      "Median {}; {} requests a second reach the app.",
      short_value(metric(*view.result, "staleness.p50")),
      short_value(MetricInfo::Unit::count, metric(*view.result, "requests.rate").value));
  const bool for_slots = waits_for_slots(view, stale.value);
  finding.why = why_stale(view, stale.value, for_slots);
  finding.cause = for_slots ? wall_of_slots(view).key : finding.why;
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
