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

using scenarios::MetricValue;

/// A sentence and a space; a script says nothing of its streams' news.
std::string staleness(const VariantView& view) {
  const MetricValue stale = metric(*view.result, "staleness.p95");
  if (stale.kind == MetricValue::Kind::none) return {};
  return fmt::format("Staleness {} at the 95th percentile. ", short_value(stale));
}

/// Firefox makes the handshake of a WebSocket on one of its slots, and there is none.
bool handshakes_want_slots(const VariantView& view, const AtTheEnd& end) {
  const auto limit = static_cast<std::uint64_t>(wall_of_slots(view).limit);
  return !view.world().browser.web_socket.own_pool && !view.multiplexed() &&
         end.holding.size() + end.others_holding >= limit;
}

/// What those have too little of that were sent and have no answer.
std::optional<Wall> line_at_server(const VariantView& view) {
  return view.streams.at_server == 0 ? std::nullopt : longest_line_behind(view, 0);
}

/// Why WebSockets wait in the browser.
std::string why_sockets_wait(const VariantView& view) {
  const StreamCount& streams = view.streams;
  const bool one = streams.in_browser == 1;
  std::string they = one ? "It waits" : "They wait";
  if (streams.in_browser < streams.never_opened()) {
    they = fmt::format("{} of them {}", streams.in_browser, one ? "waits" : "wait");
  }
  const AtTheEnd end = at_the_end(view);
  if (handshakes_want_slots(view, end)) {
    const Wall slots = wall_of_slots(view);
    const std::string by = holders(view, end);
    return fmt::format("{} for a slot, which {} needs for the handshake of a WebSocket: {} ({}){}.",
                       they, browser_name(view.world()),
                       counted(static_cast<std::uint64_t>(slots.limit), slots.unit), slots.key,
                       by.empty() ? "" : ", and " + by);
  }
  if (streams.never_opened() == 1) return "Its handshake is not over when the run ends.";
  const std::string turn = fmt::format("{} for {}: a browser makes one at a time with a host", they,
                                       one ? "its handshake" : "their handshakes");
  if (streams.at_server == 0) return turn + ".";
  const std::optional<Wall> line = line_at_server(view);
  return fmt::format("{}, and the one before {} has no answer.{}", turn, one ? "it" : "them",
                     line ? " " + too_little(*line) : "");
}

std::string why_streams_wait(const VariantView& view) {
  if (view.streams.sockets_in_browser == view.streams.in_browser) return why_sockets_wait(view);
  const std::string_view unit = view.multiplexed() ? "stream" : "slot";
  const StreamCount& streams = view.streams;
  if (streams.in_browser == streams.never_opened()) {
    return fmt::format("They wait for a {}, and those that have one keep it.", unit);
  }
  const bool one = streams.in_browser == 1;
  return fmt::format(
      "{} of {} {} for a {}, and those that have one keep it; the others have one, and no answer.",
      streams.in_browser, view.world().fleet.users == 1 ? "them" : "the first user's",
      one ? "waits" : "wait", unit);
}

void tell_of_waiting_streams(const Study& study, const VariantView& view, Finding& finding) {
  const bool told = hangs(study.fate(view)) || is_starved(study, view);  // by a heavier finding
  finding.evidence =
      fmt::format("{}{}The page cannot tell: onopen, onmessage and onerror are not called.",
                  told ? "" : devtools_shows(view, at_the_end(view)), staleness(view));
  finding.why = why_streams_wait(view);
}

void tell_of_refused_sockets(const VariantView& view, Finding& finding) {
  finding.evidence =
      staleness(view) + "In the page: onerror and onclose at once, whenever it tries again.";
  finding.why = fmt::format(
      "{} opens at most {} WebSockets (browser.web_socket_limit), and refuses one more by itself: "
      "no request leaves it.",
      browser_name(view.world()), view.world().browser.web_socket.limit);
}

/// Most requests of a flow that set up a connection come when the last one that was in use has been
/// idle for longer than the server keeps it.
bool come_too_late(const VariantView& view, std::int32_t flow, sim::Duration keep_alive) {
  if (keep_alive == sim::Duration::zero()) return false;
  std::vector<sim::Time> ends;
  for (const models::RequestRecord& record : view.result->sample.records) {
    if (record.finished && record.granted) ends.push_back(*record.finished);
  }
  std::ranges::sort(ends);
  int too_late = 0;
  int all = 0;
  for (const models::RequestRecord& record : view.result->sample.records) {
    if (record.flow != flow || record.connecting == sim::Duration::zero()) continue;
    ++all;
    const auto after = std::ranges::upper_bound(ends, record.created);
    if (after != ends.begin() && record.created - *std::prev(after) >= keep_alive) ++too_late;
  }
  return 2 * too_late > all;
}

/// Not in a storm, after which everybody connects again.
bool mostly_answered_in_calm(const FlowView& view) {
  const models::FlowStatistics& flow = *view.statistics;
  if (hangs(view.fate) || view.fate == Fate::none) return false;
  return 2 * (flow.storm.count() + flow.failed) <= flow.count || view.fate != Fate::refused;
}

}  // namespace

std::optional<Finding> rows_stay_blank(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const StreamCount& streams = view.streams;
  const std::uint64_t refused = refused_sockets(view);
  if (refused == 0 && streams.in_browser == 0) return std::nullopt;
  const std::uint64_t blank = refused > 0 ? refused : streams.never_opened();
  Finding finding;
  finding.weight =
      40.0 + 20.0 * static_cast<double>(blank) / static_cast<double>(streams.asked_for);
  finding.what =
      fmt::format("{}: nothing new is displayed there.", sentence(never_opening(view, blank)));
  if (refused > 0) {
    tell_of_refused_sockets(view, finding);
  } else {
    tell_of_waiting_streams(study, view, finding);
  }
  const auto opens = [](const VariantView& other) { return other.streams.never_opened() == 0; };
  finding.remedy = {opens, "an update is on display after", [&study](const Group& group) {
                      return range_of(study, group, "staleness.p95") + " (95th percentile)";
                    }};
  if (const std::optional<Wall> line = line_at_server(view)) finding.remedy.key = line->key;
  return finding;
}

std::optional<Finding> connects_again(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!study.has_flow() || !mostly_answered_in_calm(study.felt(view))) return std::nullopt;
  const FlowView& felt = study.felt(view);
  const MetricValue set_up = metric(*view.result, felt.flow->name + ".connecting.p50");
  const bool measured = set_up.kind == MetricValue::Kind::exact;
  if (!measured || set_up.value <= 0.05 * felt.p50.value) return std::nullopt;
  const Noun noun = noun_of(*felt.flow);
  const models::HopSpec& server = view.world().hops.front();
  const auto index = static_cast<std::int32_t>(study.flow);
  Finding finding;
  finding.weight = 5.0 + 20.0 * set_up.value / felt.p50.value;
  finding.what = fmt::format("Most {} set up a connection of their own: {} of {} at the median.",
                             noun.plural, short_value(set_up), short_value(felt.p50));
  finding.evidence = "DevTools, Timing: “Initial connection” on most of them.";
  finding.why =
      come_too_late(view, index, server.keep_alive)
          ? fmt::format(
                "The server ({}) closes a connection that has been idle for {}, and {} are "
                "further apart than that.",
                server.kind, short_duration(server.keep_alive), noun.plural)
          : fmt::format("No idle connection is left when {} comes.", noun.one);
  finding.remedy = by_median(study, variant, faster_than(study, variant, &FlowView::p50, 0.95));
  return finding;
}

}  // namespace sixslots::reports
