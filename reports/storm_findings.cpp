#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/storm.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using models::ServerEvent;
using Unit = scenarios::MetricInfo::Unit;

std::uint64_t whole(double count) { return static_cast<std::uint64_t>(std::llround(count)); }

double pages_of(const models::WorldSpec& world) {
  return static_cast<double>(world.fleet.users) * world.tabs;
}

bool uses_event_source(const VariantView& view) {
  return std::ranges::any_of(view.result->sample.records, [](const models::RequestRecord& record) {
    return record.flow == models::row_traffic && record.kind == models::RequestKind::event_source;
  });
}

/// What an EventSource waits before it comes back: the browser's delay, or the server's.
std::string delay_of(const VariantView& view) {
  const models::PageSpec& page = view.world().page;
  const sim::Duration own = view.world().browser.event_source.retry;
  const std::string delay = short_duration(page.stream_retry.value_or(own));
  if (!page.stream_retry) return fmt::format("{} ({})", delay, view.world().browser.name);
  if (page.retry_spread.value <= 0.0) return fmt::format("{} (the retry field)", delay);
  return fmt::format("{} (the retry field), spread by {:.0f} %", delay,
                     100.0 * page.retry_spread.value);
}

/// The status that the proxy before the hop that is down gave, or 0.
int status_while_down(const VariantView& view) {
  for (const ServerEvent& event : view.world().events) {
    if (event.kind != ServerEvent::Kind::restart || event.hop == 0) continue;
    return view.world().hops[static_cast<std::size_t>(event.hop - 1)].status_when_down;
  }
  return 0;
}

/// Those that are sent away ask more than once.
std::string come_back(const StormView& storm) {
  const std::string peak = short_value(Unit::count, storm.peak);
  if (storm.peak == storm.lost) return "all of them come back in";
  return peak + (storm.peak < storm.lost ? " come back in" : " attempts to come back fall into");
}

}  // namespace

std::optional<Finding> pages_deaf(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const double deaf = metric(*view.result, "pages.deaf").value;
  if (!has_events(view) || deaf < 0.5) return std::nullopt;
  const StormView storm = storm_of(view);
  const int status = status_while_down(view);
  const std::uint64_t pages = whole(std::max(deaf, pages_of(view.world())));
  Finding finding;
  finding.weight = 60.0 + 40.0 * std::min(deaf / pages_of(view.world()), 1.0);
  finding.what =
      fmt::format("After {}, {} stay deaf for good: they look alive, and no event comes.",
                  storm.event, part_of(whole(deaf), pages, "pages"));
  finding.evidence =
      "In the page: readyState 2 (CLOSED) after one error event, and no request any more. In the "
      "server's log: silence from these users.";
  finding.why = fmt::format(
      "An EventSource is closed for good by any answer but 200{}. It asks again {} after it was "
      "lost, and is not told to wait.",
      status > 0 ? fmt::format(", and the proxy answers {} while the app is down", status) : "",
      delay_of(view));
  const auto hears = [](const VariantView& other) {
    return metric(*other.result, "pages.deaf").value < 0.5;
  };
  finding.change = simulated_changes(
      study, variant, hears, "all are back after",
      [&](const Group& group) { return range_of(study, group, "reconnects.recovery"); });
  return finding;
}

std::optional<Finding> storm_of_reconnections(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!has_events(view)) return std::nullopt;
  const StormView storm = storm_of(view);
  const double users = static_cast<double>(view.world().fleet.users);
  const bool told_as_deaf = storm.deaf > 0.5 * storm.lost;
  const bool is_storm = storm.lost >= 10.0 && storm.peak >= 0.2 * storm.lost && users >= 2.0;
  if (!is_storm || told_as_deaf) return std::nullopt;
  const double share = std::min(storm.peak / storm.lost, 1.0);
  Finding finding;
  finding.weight = 25.0 + 30.0 * share;
  finding.what = fmt::format("{} takes {}, and {} one second.", sentence(storm.event),
                             counted(whole(storm.lost), "stream"), come_back(storm));
  finding.evidence = fmt::format(
      "In the server's log: {} requests for streams in one second, where it has {} requests in a "
      "second on average. {}.",
      short_value(Unit::count, storm.peak),
      short_value(Unit::count, metric(*view.result, "requests.rate").value),
      storm.recovery.kind == scenarios::MetricValue::Kind::never
          ? std::string("Not all of them are ever back")
          : fmt::format("All are back after {}", short_value(storm.recovery)));
  finding.why =
      uses_event_source(view)
          ? fmt::format(
                "An EventSource comes back after a fixed delay, without backoff or jitter: "
                "here {}. Who was lost together comes back together.",
                delay_of(view))
          : fmt::format(
                "The page opens a lost WebSocket again after {}, drawn from {:.0f} % around "
                "it; who was lost together comes back in that time.",
                short_duration(view.world().page.socket_backoff),
                100.0 * view.world().page.socket_backoff_spread.value);
  const auto flatter = [peak = storm.peak](const VariantView& other) {
    const double its = metric(*other.result, "reconnects.peak").value;
    return has_events(other) && its <= 0.5 * peak &&
           metric(*other.result, "pages.deaf").value < 0.5;
  };
  finding.change = simulated_changes(
      study, variant, flatter,
      fmt::format("in the worst second, instead of {}, come", short_value(Unit::count, storm.peak)),
      [&](const Group& group) {
        const double its = metric(*study.variants[group.front()].result, "reconnects.peak").value;
        const std::string part = its < 1.0 ? "" : fmt::format(" (1/{:.0f})", storm.peak / its);
        const std::string peaks = range_of(study, group, "reconnects.peak");
        return group.size() == 1 ? peaks + part : peaks;
      });
  return finding;
}

std::optional<Finding> clicks_in_the_storm(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!has_events(view) || !study.has_flow()) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const models::FlowStatistics& flow = *felt.statistics;
  if (flow.storm.count() + flow.storm_failed == 0) return std::nullopt;
  const std::string name = felt.flow->name;
  const scenarios::MetricValue during = metric(*view.result, name + ".storm.p95");
  const bool slower = during.kind != scenarios::MetricValue::Kind::none &&
                      during.value > 2.0 * felt.p50.value && during.value > 0.5;
  if (!slower && flow.storm_failed == 0) return std::nullopt;
  const StormView storm = storm_of(view);
  const std::uint64_t all = flow.storm.count() + flow.storm_failed;
  const Noun noun = noun_of(*felt.flow);
  Finding finding;
  finding.weight = 20.0 + 30.0 * static_cast<double>(flow.storm_failed) / static_cast<double>(all);
  finding.what = fmt::format(
      "Between {} and the moment when all are back, {} takes {} at the median and {} at the 95th "
      "percentile{}.",
      storm.event, noun.one, short_value(metric(*view.result, name + ".storm.p50")),
      short_value(during),
      flow.storm_failed == 0 ? ""
                             : ", and " + part_of(flow.storm_failed, all, noun.plural) + " fail");
  finding.evidence =
      fmt::format("Over the whole run: {} at the median, {} of {} failed.", short_value(felt.p50),
                  flow.failed, counted(flow.count, "request"));
  finding.why = fmt::format("Those who come back want the same {} and workers as {}.",
                            view.multiplexed() ? "streams" : "slots", noun.one);
  const double limit = 0.5 * during.value;
  const bool failed = !slower;
  const auto better = [=](const VariantView& other) {
    const scenarios::MetricValue its = metric(*other.result, name + ".storm.p95");
    const double failures = metric(*other.result, name + ".storm_failed").value;
    return has_events(other) && (failed ? failures < 0.5 : its.value <= limit);
  };
  finding.change =
      simulated_changes(study, variant, better,
                        failed ? fmt::format("{} that fail in it:", noun.plural)
                               : fmt::format("in that time {} takes", noun.one),
                        [&](const Group& group) {
                          if (failed) return range_of(study, group, name + ".storm_failed");
                          return range_of(study, group, name + ".storm.p95") + " (95th percentile)";
                        });
  return finding;
}

std::optional<Finding> streams_cut(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const auto& hops = view.world().hops;
  std::size_t hop = 0;
  double cut = 0.0;
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const double its = metric(*view.result, fmt::format("hop.{}.cut", i)).value;
    if (its > cut) hop = i;
    cut = std::max(cut, its);
  }
  if (cut < 0.5) return std::nullopt;
  const models::HopSpec& its = hops[hop];
  const bool whole_response = its.response_timeout > sim::Duration::zero();
  const sim::Duration limit = whole_response ? its.response_timeout : its.read_timeout;
  const std::string kind = clean(its.kind);
  const double deaf = metric(*view.result, "pages.deaf").value;
  Finding finding;
  finding.weight = deaf < 0.5 ? 22.0 : 62.0;
  finding.what = fmt::format(
      "{} ends {} in a replication after {}{}.", sentence(kind), counted(whole(cut), "response"),
      short_duration(limit),
      deaf < 0.5 ? "" : fmt::format(", and {} stay deaf for good", counted(whole(deaf), "page")));
  finding.evidence = fmt::format(
      "DevTools, Network: event streams that end after {}, or the status 504; {} reconnections in "
      "a "
      "replication.",
      short_duration(limit),
      short_value(Unit::count, metric(*view.result, "reconnects.count").value));
  finding.why =
      whole_response
          ? fmt::format(
                "{} lets a response take {} as a whole (hop.{}.response_timeout), and an "
                "event stream's has no end.",
                sentence(kind), short_duration(limit), hop)
          : fmt::format(
                "{} waits for {} for the next byte (hop.{}.read_timeout); a stream without "
                "news and without comments (page.heartbeat) is silent for longer.",
                sentence(kind), short_duration(limit), hop);
  const auto goes_on = [](const VariantView& other) {
    double all = 0.0;
    for (std::size_t i = 0; i < other.world().hops.size(); ++i) {
      all += metric(*other.result, fmt::format("hop.{}.cut", i)).value;
    }
    return all < 0.5;
  };
  finding.change = simulated_changes(
      study, variant, goes_on, "an update is on display after", [&](const Group& group) {
        return range_of(study, group, "staleness.p95") + " (95th percentile)";
      });
  return finding;
}

}  // namespace sixslots::reports
