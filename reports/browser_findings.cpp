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

double share_of(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all);
}

double weight_of_starving(const FlowView& felt) {
  return 70.0 + 30.0 * share_of(felt.starved, felt.statistics->count);
}

std::string starving(const FlowView& felt) {
  return fmt::format("{} {} never sent",
                     part_of(felt.starved, felt.statistics->count, noun_of(*felt.flow).plural),
                     felt.starved == 1 ? "is" : "are");
}

/// What the server states or the browser assumes, under the browser's own ceiling.
int stream_limit(const models::WorldSpec& world) {
  const BrowserProfile& browser = world.browser;
  const int stated = world.hops.front().max_concurrent_streams.value_or(0);
  const int limit = stated > 0 ? stated : browser.http2_streams_default;
  return browser.http2_streams_cap > 0 ? std::min(limit, browser.http2_streams_cap) : limit;
}

/// "the change is worth a fifth of the latency or more"
auto faster_than(const Study& study, const FlowView& felt) {
  return [&study, limit = 0.8 * felt.p95.value](const VariantView& view) {
    return gets_through(study)(view) && study.felt(view).p95.value <= limit;
  };
}

}  // namespace

std::optional<Finding> slots_held(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (view.multiplexed() || study.fate(view) != Fate::starved) return std::nullopt;
  const AtTheEnd end = at_the_end(view);
  const BrowserProfile& browser = view.world().browser;
  const auto limit = static_cast<std::size_t>(browser.connections_per_origin);
  if (end.holding.size() < limit) return std::nullopt;
  const FlowView& felt = study.felt(view);
  Finding finding;
  finding.weight = weight_of_starving(felt);
  finding.what = fmt::format("{} hold all {} slots, and {}.", sentence(held_noun(end)),
                             end.holding.size(), starving(felt));
  finding.evidence = fmt::format("{}. {}.", devtools_shows(view, end), server_saw(view));
  finding.why = fmt::format(
      "{} opens at most {} connections to an origin over HTTP/1.1, and a response holds its "
      "connection until it ends. At the end of the first replication {}; {} in the queue.",
      sentence(std::string(browser.name)), limit, "held: " + holders(end),
      counted(end.waiting.size() + end.flow_waiting, "request") +
          (end.waiting.size() + end.flow_waiting == 1 ? " stands" : " stand"));
  finding.change = simulated_changes(study, variant, gets_through(study));
  return finding;
}

std::optional<Finding> stream_limit_reached(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!view.multiplexed()) return std::nullopt;
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
                  protocol, starves ? ", and " + starving(study.felt(view)) : "");
  finding.evidence = fmt::format("{}. {}.", devtools_shows(view, end), server_saw(view));
  const bool stated = view.world().hops.front().max_concurrent_streams.has_value();
  finding.why = fmt::format(
      "{} allows {} streams at once on a connection, and the browser opens no second one for more. "
      "{} has the six-connection problem with a bigger number.",
      stated ? "The server" : sentence(std::string(view.world().browser.name)), limit, protocol);
  finding.change = simulated_changes(study, variant, gets_through(study));
  return finding;
}

std::optional<Finding> rows_stay_blank(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const StreamCount& streams = view.streams;
  if (streams.never_opened == 0) return std::nullopt;
  Finding finding;
  finding.weight = 40.0 + 20.0 * share_of(streams.never_opened, streams.asked_for);
  finding.what = fmt::format("{} never open: what they carry is not displayed at all.",
                             part_of(streams.never_opened, streams.asked_for, "streams of rows"));
  const scenarios::MetricValue stale = metric(*view.result, "staleness.p95");
  finding.evidence = fmt::format(
      "Staleness at the 95th percentile: {}. onopen and onmessage are not called, and neither is "
      "onerror: the page cannot tell.",
      short_value(stale));
  finding.why = fmt::format("They wait for a {}, and those that have one keep it.",
                            view.multiplexed() ? "stream" : "slot");
  const auto opens = [](const VariantView& other) { return other.streams.never_opened == 0; };
  finding.change = simulated_changes(study, variant, opens, [&](const Group& group) {
    const scenarios::VariantResult& first = *study.variants[group.front()].result;
    return fmt::format("an update is on display after {} at the 95th percentile",
                       short_value(metric(first, "staleness.p95")));
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
      "DevTools, Timing: “Stalled” {} at the 95th percentile, {} at most; {} have to wait. The "
      "server's log shows nothing of it.",
      stalled("p95"), stalled("max"),
      part_of(felt.statistics->waited, felt.statistics->count, noun.plural));
  finding.why =
      fmt::format("{} finds every {} taken by the page's other traffic and stands in line.",
                  sentence(noun.one), view.multiplexed() ? "stream" : "slot");
  finding.change = simulated_changes(study, variant, faster_than(study, felt));
  return finding;
}

std::optional<Finding> connects_again(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!gets_through(study)(view)) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const scenarios::MetricValue set_up = metric(*view.result, felt.flow->name + ".connecting.p50");
  const bool measured = set_up.kind == scenarios::MetricValue::Kind::exact;
  if (!measured || set_up.value <= 0.05 * felt.p50.value) return std::nullopt;
  const Noun noun = noun_of(*felt.flow);
  const models::HopSpec& server = view.world().hops.front();
  Finding finding;
  finding.weight = 5.0 + 20.0 * set_up.value / felt.p50.value;
  finding.what = fmt::format("{} sets up a new connection more often than not: {} of {}.",
                             sentence(noun.one), short_value(set_up), short_value(felt.p50));
  finding.evidence = "DevTools, Timing: “Initial connection” on most of them.";
  finding.why = server.keep_alive > sim::Duration::zero()
                    ? fmt::format(
                          "{} closes a connection that was idle for {}, and {} are further "
                          "apart than that.",
                          server.kind, setting(server.keep_alive), noun.plural)
                    : fmt::format("No idle connection is left when {} comes.", noun.one);
  const auto cheaper = [&study, limit = 0.95 * felt.p50.value](const VariantView& other) {
    return gets_through(study)(other) && study.felt(other).p50.value <= limit;
  };
  finding.change = simulated_changes(study, variant, cheaper);
  return finding;
}

std::optional<Finding> connections_scale(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const scenarios::MetricValue per_row = metric(*view.result, "connections.per_row");
  if (per_row.kind != scenarios::MetricValue::Kind::exact || per_row.value < 0.05)
    return std::nullopt;
  const std::string_view unit = view.multiplexed() ? "streams" : "connections";
  Finding finding;
  const double harm = hangs(study.fate(view)) ? 25.0 : 0.0;
  finding.weight = 10.0 + 20.0 * std::min(per_row.value, 1.0) + harm;
  finding.what =
      fmt::format("Open {} scale with the number of visible rows: each row wants {} of them.", unit,
                  short_value(per_row));
  finding.evidence =
      fmt::format("{} rows want {:.0f}; {} connections are open at most.", view.world().page.rows,
                  per_row.value * view.world().page.rows * view.world().tabs,
                  short_value(metric(*view.result, "connections.peak")));
  finding.why = fmt::format(
      "The design gives a row traffic of its own, and the limit of {} {} is for "
      "the whole browser.",
      view.multiplexed() ? stream_limit(view.world()) : view.world().browser.connections_per_origin,
      unit);
  const auto flat = [](const VariantView& other) {
    return metric(*other.result, "connections.per_row").value < 0.05;
  };
  finding.change = simulated_changes(
      study, variant, flat, [](const Group&) { return std::string("no more with more rows"); });
  return finding;
}

}  // namespace sixslots::reports
