#include <fmt/format.h>

#include <algorithm>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using models::BrowserProfile;
using scenarios::MetricInfo;
using scenarios::MetricValue;

double share_of(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all);
}

double weight_of_starving(const FlowView& felt) {
  return 70.0 + 30.0 * share_of(felt.statistics->starved, felt.statistics->count);
}

std::string starving(const FlowView& felt) {
  const std::uint64_t all = felt.statistics->count;
  const Noun noun = noun_of(*felt.flow);
  if (all == 1) return noun.one + " is never sent";
  if (felt.statistics->starved == all)
    return fmt::format("none of the {} {} is ever sent", all, noun.plural);
  return fmt::format("{} of {} {} {} never sent", felt.statistics->starved, all, noun.plural,
                     felt.statistics->starved == 1 ? "is" : "are");
}

/// What the server states or the browser assumes, under the browser's own ceiling.
int stream_limit(const models::WorldSpec& world) {
  const BrowserProfile& browser = world.browser;
  const int stated = world.hops.front().max_concurrent_streams.value_or(0);
  const int limit = stated > 0 ? stated : browser.http2_streams_default;
  return browser.http2_streams_cap > 0 ? std::min(limit, browser.http2_streams_cap) : limit;
}

std::string browser_name(const VariantView& view) {
  return sentence(std::string(view.world().browser.name));
}

std::string standing_in_line(const AtTheEnd& end) {
  const std::uint64_t waiting = end.waiting.size() + end.flow_waiting;
  return fmt::format("{} {} behind them", counted(waiting, "request"),
                     waiting == 1 ? "waits" : "wait");
}

}  // namespace

std::optional<Finding> slots_held(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (view.multiplexed() || study.fate(view) != Fate::starved) return std::nullopt;
  const AtTheEnd end = at_the_end(view);
  const auto of_origin = static_cast<std::size_t>(view.world().browser.connections_per_origin);
  const auto of_proxy = static_cast<std::size_t>(view.world().hops.front().connections_per_client);
  const bool proxy_first = of_proxy > 0 && of_proxy < of_origin;
  const std::size_t limit = proxy_first ? of_proxy : of_origin;
  if (end.holding.size() < limit) return std::nullopt;
  const FlowView& felt = study.felt(view);
  Finding finding;
  finding.weight = weight_of_starving(felt);
  finding.what = fmt::format("{} hold all {} slots: {}.", sentence(held_noun(end)),
                             end.holding.size(), starving(felt));
  finding.evidence = fmt::format("{}. {}.", devtools_shows(view, end), server_saw(view));
  finding.why = fmt::format(
      "{} opens at most {} connections to {} over HTTP/1.1, and a response holds its "
      "connection until it ends. When the first replication ends, {}, and {}.",
      browser_name(view), limit,
      proxy_first ? "a proxy, for all origins together (hop.0.connections_per_client),"
                  : "an origin",
      holders(end), standing_in_line(end));
  finding.change = simulated_changes(study, variant, gets_through(study));
  return finding;
}

std::optional<Finding> stream_limit_reached(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!view.multiplexed() || !study.has_flow()) return std::nullopt;
  const AtTheEnd end = at_the_end(view);
  const int limit = stream_limit(view.world());
  const bool full = static_cast<int>(end.holding.size()) >= limit;
  if (!full || end.waiting.size() + end.flow_waiting == 0) return std::nullopt;
  const std::string_view protocol = protocol_name(view.world().hops.front().protocol);
  const bool starves = study.fate(view) == Fate::starved;
  Finding finding;
  finding.weight = starves ? weight_of_starving(study.felt(view)) : 50.0;
  finding.what =
      fmt::format("{} use up the {} streams of the {} session{}.", sentence(held_noun(end)), limit,
                  protocol, starves ? ": " + starving(study.felt(view)) : "");
  finding.evidence = fmt::format("{}. {}.", devtools_shows(view, end), server_saw(view));
  const bool stated = view.world().hops.front().max_concurrent_streams.has_value();
  finding.why = fmt::format(
      "{} allows {} streams at once on a connection, and the browser opens no second one for more: "
      "{}. It is the problem of the six slots with a bigger number.",
      stated ? "The server" : browser_name(view), limit, standing_in_line(end));
  finding.change = simulated_changes(study, variant, gets_through(study));
  return finding;
}

std::optional<Finding> rows_stay_blank(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const StreamCount& streams = view.streams;
  const std::uint64_t blank = streams.in_browser;
  if (blank == 0) return std::nullopt;
  Finding finding;
  finding.weight = 40.0 + 20.0 * share_of(blank, streams.asked_for);
  finding.what = fmt::format(
      "{}: nothing new is displayed there.",
      sentence(part_of(blank, streams.asked_for, "event streams", {"never opens", "never open"})));
  const bool told = hangs(study.fate(view));  // by a heavier finding
  finding.evidence = fmt::format(
      "{}Staleness {} at the 95th percentile. The page cannot tell: onopen, onmessage and onerror "
      "are not called.",
      told ? "" : devtools_shows(view, at_the_end(view)) + ". ",
      short_value(metric(*view.result, "staleness.p95")));
  finding.why = fmt::format("They wait for a {}, and those that have one keep it.",
                            view.multiplexed() ? "stream" : "slot");
  const auto opens = [](const VariantView& other) { return other.streams.never_opened() == 0; };
  finding.change = simulated_changes(
      study, variant, opens, "an update is on display after", [&](const Group& group) {
        return range_of(study, group, "staleness.p95") + " (95th percentile)";
      });
  return finding;
}

std::optional<Finding> often_stalled(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (study.fate(view) != Fate::slow) return std::nullopt;
  const FlowView& felt = study.felt(view);
  if (felt.stalled_share < 0.1) return std::nullopt;
  const Noun noun = noun_of(*felt.flow);
  const auto stalled = [&](std::string_view part) {
    return short_value(metric(*view.result, fmt::format("{}.stalled.{}", felt.flow->name, part)));
  };
  Finding finding;
  finding.weight = 20.0 + 40.0 * felt.stalled_share;
  finding.what = fmt::format("{} of the time that {} takes, it waits in the browser.",
                             short_value(MetricInfo::Unit::ratio, felt.stalled_share), noun.one);
  finding.evidence = fmt::format(
      "DevTools, Timing: “Stalled” {} at the 95th percentile, {} at most; {}. The "
      "server's log shows nothing of it.",
      stalled("p95"), stalled("max"),
      part_of(felt.statistics->waited, felt.statistics->count, noun.plural, {"waits", "wait"}));
  finding.why = fmt::format("{} finds every {} taken by requests before it and stands in line.",
                            sentence(noun.one), view.multiplexed() ? "stream" : "slot");
  finding.change =
      simulated_changes(study, variant, faster_than(study, &FlowView::p95, 0.8 * felt.p95.value));
  return finding;
}

std::optional<Finding> connects_again(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const Fate fate = study.fate(view);
  if (fate != Fate::answered && fate != Fate::slow) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const MetricValue set_up = metric(*view.result, felt.flow->name + ".connecting.p50");
  const bool measured = set_up.kind == MetricValue::Kind::exact;
  if (!measured || set_up.value <= 0.05 * felt.p50.value) return std::nullopt;
  const Noun noun = noun_of(*felt.flow);
  const models::HopSpec& server = view.world().hops.front();
  Finding finding;
  finding.weight = 5.0 + 20.0 * set_up.value / felt.p50.value;
  finding.what = fmt::format("Most {} set up a connection of their own: {} of {} at the median.",
                             noun.plural, short_value(set_up), short_value(felt.p50));
  finding.evidence = "DevTools, Timing: “Initial connection” on most of them.";
  finding.why =
      server.keep_alive > sim::Duration::zero()
          ? fmt::format(
                "The server ({}) closes a connection that has been idle for {}, and {} are "
                "further apart than that.",
                server.kind, short_duration(server.keep_alive), noun.plural)
          : fmt::format("No idle connection is left when {} comes.", noun.one);
  finding.change =
      simulated_changes(study, variant, faster_than(study, &FlowView::p50, 0.95 * felt.p50.value));
  return finding;
}

}  // namespace sixslots::reports
