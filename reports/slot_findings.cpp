#include <fmt/format.h>

#include <algorithm>

#include "reports/at_the_end.hpp"
#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;

double weight_of_starving(const FlowView& felt) {
  const auto lost = static_cast<double>(never_sent(felt));
  return 70.0 + 30.0 * lost / static_cast<double>(felt.statistics->count);
}

/// Requests that have the other slots wait there then: that is the cause, and a finding of its own.
bool streams_fill_the_server(const Study& study, std::size_t variant) {
  return workers_held(study, variant) || connections_held(study, variant);
}

/// When the run ends: requests that have slots then may wait for the end of an event.
bool is_eventful(const VariantView& view) {
  const sim::Time end = view.result->sample.end;
  return std::ranges::any_of(view.world().events, [end](const models::ServerEvent& event) {
    const sim::Time at = sim::start_of_time + event.at;
    return at <= end && event.ends(at) >= end;
  });
}

/// The rows hold all that there are, or others have what they leave.
bool are_taken(const VariantView& view, const AtTheEnd& end) {
  const auto limit = static_cast<std::uint64_t>(wall_of_slots(view).limit);
  const std::uint64_t others = is_eventful(view) ? 0 : end.others_holding;
  return limit > 0 && end.holding.size() + others >= limit;
}

/// "Event streams hold 3 of the 6 slots, and too many requests want the others"
std::string shared_by(const AtTheEnd& end, int limit, std::string_view units) {
  if (end.holding.empty())
    return fmt::format("Too many requests want the {} {}{}", limit, units, end.of_host());
  return fmt::format("{} hold {} of the {} {}{}, and too many requests want the others",
                     sentence(held_noun(end)), end.holding.size(), limit, units, end.of_host());
}

std::string and_blank_tabs(const AtTheEnd& end) {
  if (end.blank_tabs.empty()) return {};
  return fmt::format(", and {} {} blank", numbered("tab", end.blank_tabs),
                     end.blank_tabs.size() == 1 ? "stays" : "stay");
}

/// "6 connections to an origin"
std::string slots_there_are(const Wall& slots) {
  std::string_view whose = "an origin";
  if (slots.key == "hop.0.connections_per_client") whose = "a proxy, for all origins together";
  if (slots.key == "browser.connections_total") whose = "all origins together";
  const std::string text = fmt::format(
      "{} to {}", counted(static_cast<std::uint64_t>(slots.limit), "connection"), whose);
  return whose == "an origin" ? text : fmt::format("{} ({}),", text, slots.key);
}

std::string standing_in_line(const AtTheEnd& end) {
  const std::uint64_t waiting = end.all_waiting();
  if (waiting == 0) return "those behind them were given up";
  const std::string documents =
      end.blank_tabs.empty() ? ""
                             : fmt::format(", the {} of {} among them",
                                           end.blank_tabs.size() == 1 ? "document" : "documents",
                                           numbered("tab", end.blank_tabs));
  return fmt::format("{} behind them{}", requests_wait(waiting), documents);
}

/// "connections 1 to 3 are held by rows 1 to 3, the others by 3 requests"
std::string all_holders(const VariantView& view, const AtTheEnd& end, const Wall& slots) {
  if (end.holding.size() >= static_cast<std::size_t>(slots.limit)) return holders(view, end);
  const std::string others =
      counted(end.others_holding, "request") +
      (end.others_in_line == 0
           ? ""
           : fmt::format(" ({} of which wait{} at the server)", end.others_in_line,
                         end.others_in_line == 1 ? "s" : ""));
  if (end.holding.empty()) {
    return fmt::format("{} {} them", others, end.others_holding == 1 ? "holds" : "hold");
  }
  return fmt::format("{}, the others by {}", holders(view, end), others);
}

/// Most of the time that the recorded requests of a flow wait in the browser, nothing gets through.
bool waits_for_outages(const VariantView& view, std::size_t flow) {
  const sim::Time end = view.result->sample.end;
  sim::Duration all{};
  sim::Duration in_outages{};
  for (const models::RequestRecord& record : view.result->sample.records) {
    if (record.flow != static_cast<std::int32_t>(flow)) continue;
    const sim::Time until = record.granted.value_or(record.finished.value_or(end));
    const sim::Duration wait = models::stalled(record, until);
    all += wait;
    const bool in_one =
        std::ranges::any_of(view.world().events, [&](const models::ServerEvent& event) {
          const sim::Time begins = sim::start_of_time + event.at;
          return event.kind == models::ServerEvent::Kind::outage && begins < until &&
                 record.created < event.ends(begins);
        });
    if (in_one) in_outages += wait;
  }
  return 2 * in_outages > all;
}

/// What a flow's requests wait for in the browser.
std::string why_stalled(const VariantView& view, std::size_t flow) {
  const Wall slots = wall_of_slots(view);
  const std::string noun = noun_of(*view.flows[flow].flow).one;
  if (waits_for_outages(view, flow)) {
    return "The outage lets nothing through: no connection is set up while it lasts, and one whose "
           "answer is under way does not come free.";
  }
  if (slots.queue == 0.0) {
    return fmt::format("{} waits for a connection to be set up; {}s there are enough.",
                       sentence(noun), slots.unit);
  }
  return fmt::format("{} finds every {} taken by requests before it and stands in line.{}",
                     sentence(noun), slots.unit, line_behind(view));
}

bool is_told_as_starved(const Study& study, std::size_t variant) {
  return slots_held(study, variant) || stream_limit_reached(study, variant) ||
         streams_fill_the_server(study, variant);
}

/// "2.3 s at the 95th percentile, 9 s at most"
std::string stalled_for(const VariantView& view, const FlowView& felt) {
  using Kind = scenarios::MetricValue::Kind;
  const auto quantile = [&](std::string_view part) {
    return metric(*view.result, fmt::format("{}.stalled.{}", felt.flow->name, part));
  };
  const scenarios::MetricValue p95 = quantile("p95");
  const scenarios::MetricValue max = quantile("max");
  if (p95.kind == Kind::never) return "without end for one in twenty";
  return fmt::format("{} at the 95th percentile, {} at most", short_value(p95),
                     max.kind == Kind::never ? "without end" : short_value(max));
}

}  // namespace

std::optional<Finding> slots_held(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (view.multiplexed() || !is_starved(study, view)) return std::nullopt;
  const AtTheEnd end = at_the_end(view, study.flow);
  const Wall slots = wall_of_slots(view);
  if (!are_taken(view, end)) return std::nullopt;
  const bool by_rows = rows_hold_all_slots(view, end);
  if (!by_rows && streams_fill_the_server(study, variant)) return std::nullopt;
  const FlowView& felt = study.felt(view);
  Finding finding;
  finding.weight = weight_of_starving(felt);
  finding.what =
      fmt::format("{}: {}{}.",
                  by_rows ? fmt::format("{} hold all {} slots{}", sentence(held_noun(end)),
                                        end.holding.size(), end.of_host())
                          : shared_by(end, slots.limit, "slots"),
                  starving(felt), and_blank_tabs(end));
  finding.evidence = fmt::format("{}{}.", devtools_shows(view, end), server_saw(view));
  finding.why = fmt::format(
      "{} opens at most {} over HTTP/1.1, and a response holds its connection until it ends. When "
      "the first replication ends, {}, and {}.",
      browser_name(view.world()), slots_there_are(slots), all_holders(view, end, slots),
      standing_in_line(end));
  if (!by_rows) finding.why += line_behind(view);
  finding.remedy = by_median(study, variant, gets_through(study), by_rows ? "" : key_behind(view));
  return finding;
}

std::optional<Finding> stream_limit_reached(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!view.multiplexed() || !study.has_flow()) return std::nullopt;
  const AtTheEnd end = at_the_end(view, study.flow);
  const Wall streams = wall_of_slots(view);
  const bool by_rows = rows_hold_all_slots(view, end);
  const bool in_the_way = is_starved(study, view);
  const bool matters =
      by_rows ? end.all_waiting() > 0 : in_the_way && !streams_fill_the_server(study, variant);
  if (!matters || !are_taken(view, end)) return std::nullopt;
  const std::string_view protocol = protocol_name(view.world().hops.front().protocol);
  Finding finding;
  finding.weight = in_the_way ? weight_of_starving(study.felt(view)) : 50.0;
  const std::string lead =
      by_rows ? fmt::format("{} use up the {} streams of the {} session", sentence(held_noun(end)),
                            streams.limit, protocol)
              : shared_by(end, streams.limit, fmt::format("streams of the {} session", protocol));
  finding.what = fmt::format("{}{}{}.", lead, in_the_way ? ": " + starving(study.felt(view)) : "",
                             and_blank_tabs(end));
  finding.evidence = fmt::format("{}{}.", devtools_shows(view, end), server_saw(view));
  const bool stated = view.world().hops.front().max_concurrent_streams.has_value();
  finding.why = fmt::format(
      "{} allows {} streams at once on a connection, and the browser opens no second one for more: "
      "{}. It is the problem of the six slots with a bigger number.",
      stated ? "The server" : browser_name(view.world()), streams.limit, standing_in_line(end));
  finding.remedy = by_median(study, variant, gets_through(study));
  return finding;
}

std::optional<Finding> often_stalled(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!study.has_flow()) return std::nullopt;
  const bool stalls = waits_all_along(study.felt(view)) ||
                      (is_starved(study, view) && !is_told_as_starved(study, variant));
  if (!stalls || study.felt(view).stalled_share < 0.1) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const Noun noun = noun_of(*felt.flow);
  Finding finding;
  finding.weight = 20.0 + 40.0 * felt.stalled_share;
  finding.what = fmt::format("{} of the time that {} takes, it waits in the browser{}.",
                             short_value(MetricInfo::Unit::ratio, felt.stalled_share), noun.one,
                             never_sent(felt) == 0 ? "" : ", and " + starving(felt));
  finding.evidence = fmt::format(
      "DevTools, Timing: “Stalled” {}; {}. The server's log shows nothing of it.",
      stalled_for(view, felt),
      part_of(felt.statistics->waited, felt.statistics->count, noun.plural, {"waits", "wait"}));
  finding.why = why_stalled(view, study.flow);
  const std::string key = waits_for_outages(view, study.flow) ? "" : key_behind(view);
  finding.cause = key.empty() ? finding.why : key;
  finding.remedy = by_median(study, variant, faster_than(study, variant, &FlowView::p95, 0.8), key);
  return finding;
}

}  // namespace sixslots::reports
