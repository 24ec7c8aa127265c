#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/storm.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using models::ServerEvent;
using Unit = scenarios::MetricInfo::Unit;

double pages_of(const models::WorldSpec& world) {
  return static_cast<double>(world.fleet.users) * world.mean_tabs();
}

bool all_come_back(const StormView& storm) {
  return storm.recovery.kind == scenarios::MetricValue::Kind::exact;
}

/// The server gives each stream a delay of its own.
bool is_spread(const VariantView& view) {
  const models::PageSpec& page = view.world().page;
  return page.stream_retry && page.retry_spread.value > 0.0;
}

/// What an EventSource waits before it comes back: the browser's delay, or the server's.
std::string delay_of(const VariantView& view) {
  const models::PageSpec& page = view.world().page;
  const sim::Duration own = view.world().browser.event_source.retry;
  const std::string delay = short_duration(page.stream_retry.value_or(own));
  if (!page.stream_retry) return fmt::format("{} ({})", delay, view.world().browser.name);
  if (!is_spread(view)) return fmt::format("{} (the retry field)", delay);
  return fmt::format("{} (the retry field, spread by {:.0f} %)", delay,
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
  if (!all_come_back(storm)) return peak + " attempts to come back fall into";
  if (storm.peak == storm.lost) return "all of them come back in";
  return peak + (storm.peak < storm.lost ? " come back in" : " attempts to come back fall into");
}

/// "All are back 3.4 s after the event"
std::string recovery_text(const StormView& storm) {
  using Kind = scenarios::MetricValue::Kind;
  const std::string_view event = storm.several ? "the event that took longest" : "the event";
  switch (storm.recovery.kind) {
    case Kind::exact:
      return fmt::format("All are back {} after {}", short_value(storm.recovery), event);
    case Kind::at_least:
      return fmt::format("Not all are back {} after {}, when the run ends",
                         short_value(storm.recovery.info.unit, storm.recovery.value), event);
    case Kind::never:
      return "Not all of them are ever back";
    case Kind::none:
      return "They leave before they are back";
  }
  return {};
}

/// What the felt flow goes through while streams are lost.
struct Plight {
  scenarios::MetricValue p95;
  std::uint64_t failed = 0;

  [[nodiscard]] bool is_measured() const { return p95.kind != scenarios::MetricValue::Kind::none; }
};

Plight plight_of(const Study& study, const VariantView& view) {
  const FlowView& felt = study.felt(view);
  return {metric(*view.result, felt.flow->name + ".storm.p95"), felt.statistics->storm_failed};
}

/// Half the time, or half as many that fail, and nothing is worse. What nobody notices counts not.
bool is_better(const Plight& one, const Plight& other) {
  constexpr double noticeable = 0.5;  // seconds
  if (one.is_measured() != other.is_measured()) return false;
  const bool slower = one.p95.value > std::max(other.p95.value, noticeable);
  if (slower || one.failed > other.failed) return false;
  const bool halves_time =
      other.p95.value > noticeable && !one.p95.is_bound() && one.p95.value <= 0.5 * other.p95.value;
  return halves_time || (other.failed > 0 && 2 * one.failed <= other.failed);
}

/// How many requests were under way in the storm, where the counters tell: those that were answered
/// are in `storm`, also with a status that makes them fail; the others in `storm_failed` alone.
std::optional<std::uint64_t> under_way_in_the_storm(const models::FlowStatistics& flow) {
  if (flow.latency.count() > flow.count) return std::nullopt;
  const std::uint64_t unanswered = flow.count - flow.latency.count();
  const bool all_in_it = unanswered == 0 || flow.storm_failed == flow.failed;
  if (!all_in_it || unanswered > flow.storm_failed) return std::nullopt;
  return flow.storm.count() + unanswered;
}

/// Those that fail, and those without an answer in the end.
double share_that_is_lost(const models::FlowStatistics& flow) {
  const std::uint64_t lost = flow.storm_failed + flow.storm.censored();
  if (lost == 0) return 0.0;
  const std::uint64_t least = std::max(flow.storm.count(), flow.storm_failed);
  const std::uint64_t all = under_way_in_the_storm(flow).value_or(least);
  return std::min(static_cast<double>(lost) / static_cast<double>(all), 1.0);
}

/// What the requests that nothing happened to take at the median; nothing where there are none.
std::optional<sim::Duration> calm_median(const models::FlowStatistics& flow) {
  const sim::Histogram& all = flow.latency.finished_histogram();
  const sim::Histogram& storm = flow.storm.finished_histogram();
  const std::uint64_t calm = all.count() - storm.count();
  for (const sim::Histogram::Bucket& bucket : all.buckets()) {
    const std::uint64_t slower =
        all.count_above(bucket.highest) - storm.count_above(bucket.highest);
    if (2 * slower <= calm) return calm == 0 ? std::nullopt : std::optional(bucket.highest);
  }
  return std::nullopt;
}

/// Far slower than when nothing happens, and noticeably so.
bool is_slowed(const models::FlowStatistics& flow, const Plight& plight) {
  constexpr double noticeable = 0.5;  // seconds
  const double calm = sim::seconds(calm_median(flow).value_or(sim::Duration::zero()));
  return plight.is_measured() && plight.p95.value > std::max(2.0 * calm, noticeable);
}

/// As much as at a wall where it does not end.
double weight_of_plight(const FlowView& felt, bool slower) {
  const double lost = share_that_is_lost(*felt.statistics);
  if (felt.fate == Fate::unanswered) return 65.0 + 30.0 * lost;
  return 20.0 + 30.0 * lost + (slower ? 10.0 : 0.0);
}

/// "the restart of nginx at 30 s and the moment when all are back"
std::string time_of(const StormView& storm) {
  return fmt::format("{}{} and {}", storm.several ? "each of " : "", storm.event,
                     storm.lost > 0.0 ? "the moment when all are back" : "its end");
}

std::string failures_text(const models::FlowStatistics& flow, std::string_view plural) {
  constexpr Verb fails{"fails", "fail"};
  const std::optional<std::uint64_t> all = under_way_in_the_storm(flow);
  if (all) return part_of(flow.storm_failed, *all, plural, fails);
  return fmt::format("{} {} {}", flow.storm_failed, plural,
                     flow.storm_failed == 1 ? fails.one : fails.many);
}

/// "the click takes 12 s at the median and 25 s at the 95th percentile, and 485 of 513 clicks fail"
std::string plight_text(const Study& study, const VariantView& view, const Plight& plight) {
  const FlowView& felt = study.felt(view);
  const Noun noun = noun_of(*felt.flow);
  std::vector<std::string> parts;
  if (plight.is_measured()) {
    const auto median = metric(*view.result, felt.flow->name + ".storm.p50");
    parts.push_back(takes(noun.one, median, plight.p95));
  }
  if (plight.failed > 0) parts.push_back(failures_text(*felt.statistics, noun.plural));
  if (felt.fate == Fate::unanswered) {
    const sim::Tally& storm = felt.statistics->storm;
    parts.push_back(
        part_of(storm.censored(), storm.count(), noun.plural,
                {"gets no answer before the run ends", "get no answer before the run ends"}));
  }
  return fmt::format("{}", fmt::join(parts, ", and "));
}

/// "119 ms (95th percentile) and 43 fail": of a group, what a plight is compared by.
std::string plight_range(const Study& study, const Group& group, const Plight& plight) {
  const std::string name = study.felt(study.variants[group.front()]).flow->name;
  std::vector<std::string> parts;
  if (plight.is_measured()) {
    parts.push_back(range_of(study, group, name + ".storm.p95") + " (95th percentile)");
  }
  if (plight.failed > 0) {
    const std::string failed = range_of(study, group, name + ".storm_failed");
    parts.push_back(fmt::format("{} {}", failed == "0" ? "none" : failed,
                                failed == "0" || failed == "1" ? "fails" : "fail"));
  }
  return joined(parts);
}

/// What those who come back together take from others: "workers"; empty where it is nothing that
/// runs out, or where hardly anybody comes back.
std::string crowd_of(const VariantView& view) {
  const StormView storm = storm_of(view);
  if (view.world().fleet.users < 2 || storm.lost < 2.0 || storm.peak < 2.0) return {};
  const auto& hops = view.world().hops;
  if (hops.back().workers > 0) return "workers of " + clean(hops.back().kind);
  const auto narrow = std::ranges::find_if(
      hops, [](const models::HopSpec& hop) { return hop.upstream_connections > 0; });
  return narrow == hops.end() ? "" : "connections of " + clean(narrow->kind);
}

/// "all are back after 3.0 s"
std::string return_of(const Study& study, const Group& group) {
  Group losing;
  std::ranges::copy_if(group, std::back_inserter(losing), [&](std::size_t variant) {
    return metric(*study.variants[variant].result, "streams.lost").value > 0.0;
  });
  if (losing.empty()) return "no stream is lost";
  return fmt::format("{} back after {}",
                     losing.size() == group.size() ? "all are" : "streams that are lost are",
                     range_of(study, losing, "reconnects.recovery"));
}

}  // namespace

std::optional<Finding> pages_deaf(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const double deaf = metric(*view.result, "pages.deaf").value;
  if (!has_events(view) || deaf < 0.5) return std::nullopt;
  const StormView storm = storm_of(view);
  const int status = status_while_down(view);
  const std::uint64_t pages = whole_count(std::max(deaf, pages_of(view.world())));
  Finding finding;
  finding.cause = effects_of_events(view);
  finding.weight = 60.0 + 40.0 * std::min(deaf / pages_of(view.world()), 1.0);
  finding.what = fmt::format("After {}, {} deaf for good: {}, and no event comes.", storm.event,
                             part_of(whole_count(deaf), pages, "pages", {"stays", "stay"}),
                             whole_count(deaf) == 1 ? "it looks alive" : "they look alive");
  finding.evidence =
      "In the page: readyState 2 (CLOSED) after one error event, and no request any more. In the "
      "server's log: silence from these users.";
  finding.why = fmt::format(
      "An EventSource is closed for good by any answer but 200{}. It asks again {} after it was "
      "lost, and is not told to wait.",
      status > 0 ? fmt::format(", and the proxy answers {} while the app is down", status) : "",
      delay_of(view));
  const auto hears = [](const VariantView& other) {
    const scenarios::MetricValue& recovery = metric(*other.result, "reconnects.recovery");
    const bool came_back = recovery.kind != scenarios::MetricValue::Kind::none;
    const bool loses_none =
        other.streams.never_opened() == 0 && metric(*other.result, "streams.lost").value == 0.0;
    return metric(*other.result, "pages.deaf").value < 0.5 && (came_back || loses_none);
  };
  finding.remedy = {hears, "no page stays deaf:", [&study](const Group& group) {
                      return return_of(study, group);
                    }};
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
  finding.what = fmt::format("{} {} {}, and {} one second.", sentence(storm.event),
                             storm.several ? "take" : "takes",
                             counted(whole_count(storm.lost), "stream"), come_back(storm));
  finding.evidence = fmt::format(
      "{}: {} requests for streams in one second; the server has {} requests in a second on "
      "average. {}.",
      all_come_back(storm) ? "In the server's log" : "In the browsers",
      short_value(Unit::count, storm.peak),
      short_value(Unit::count, metric(*view.result, "requests.rate").value), recovery_text(storm));
  finding.why =
      rows_use(view, models::RequestKind::event_source)
          ? fmt::format(
                "An EventSource comes back after a fixed delay, without backoff{}: here {}. "
                "Who was lost together comes back {}.",
                is_spread(view) ? "" : " or jitter", delay_of(view),
                is_spread(view) ? "in the time of the spread" : "together")
          : fmt::format(
                "The page opens a lost WebSocket again after {}, drawn from {:.0f} % around "
                "it; who was lost together comes back in that time.",
                short_duration(view.world().page.socket_backoff),
                100.0 * view.world().page.socket_backoff_spread.value);
  finding.cause = effects_of_events(view) + finding.why;
  const auto flatter = [peak = storm.peak](const VariantView& other) {
    const double its = metric(*other.result, "reconnects.peak").value;
    return has_events(other) && its <= 0.8 * peak &&
           metric(*other.result, "pages.deaf").value < 0.5;
  };
  finding.remedy = {
      flatter,
      fmt::format("in the worst second, instead of {}, come", short_value(Unit::count, storm.peak)),
      [&study, peak = storm.peak](const Group& group) {
        const double its = metric(*study.variants[group.front()].result, "reconnects.peak").value;
        const bool is_fraction = its >= 1.0 && peak >= 1.5 * its;
        const std::string part = is_fraction ? fmt::format(" (1/{:.0f})", peak / its) : "";
        const std::string peaks = range_of(study, group, "reconnects.peak");
        return group.size() == 1 ? peaks + part : peaks;
      }};
  return finding;
}

std::string clicks_after_events(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!has_events(view) || !study.has_flow()) return {};
  const Plight plight = plight_of(study, view);
  if (plight.failed == 0 && !is_slowed(*study.felt(view).statistics, plight)) return {};
  return fmt::format("between {}, {}", time_of(storm_of(view)), plight_text(study, view, plight));
}

std::optional<Finding> clicks_in_the_storm(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!has_events(view) || !study.has_flow()) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const Plight plight = plight_of(study, view);
  const bool slower = is_slowed(*felt.statistics, plight);
  if (!slower && plight.failed == 0) return std::nullopt;
  const Noun noun = noun_of(*felt.flow);
  Finding finding;
  finding.cause = effects_of_events(view);
  finding.weight = weight_of_plight(felt, slower);
  finding.what = sentence(clicks_after_events(study, variant)) + ".";
  const std::optional<sim::Duration> calm = calm_median(*felt.statistics);
  finding.evidence =
      fmt::format("{}{} of {} failed over the whole run.",
                  calm ? fmt::format("When nothing happens: {} at the median. ",
                                     short_value(Unit::duration, sim::seconds(*calm)))
                       : "",
                  felt.statistics->failed, counted(felt.statistics->count, "request"));
  finding.why = finding.cause;
  if (const std::string crowd = crowd_of(view); !crowd.empty()) {
    finding.why += fmt::format(" Those who come back want the same {} as {}.", crowd, noun.one);
  }
  const auto better = [&study, plight](const VariantView& other) {
    return has_events(other) && is_better(plight_of(study, other), plight);
  };
  finding.remedy = {
      better,
      plight.is_measured() ? fmt::format("in that time {} takes", noun.one)
                           : std::string("in that time"),
      [&study, plight](const Group& group) { return plight_range(study, group, plight); }};
  return finding;
}

}  // namespace sixslots::reports
