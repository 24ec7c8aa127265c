#include "reports/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/request_text.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

using models::RequestKind;
using models::RequestRecord;

/// "1 to 6", or the first few of "1, 3, 8".
std::string numbers(const std::set<std::int64_t>& values) {
  const std::int64_t span = *values.rbegin() - *values.begin() + 1;
  if (values.size() > 2 && span == static_cast<std::int64_t>(values.size())) {
    return fmt::format("{} to {}", *values.begin(), *values.rbegin());
  }
  constexpr std::size_t most_numbers = 9;
  std::vector<std::string> parts;
  for (const std::int64_t value : values) {
    if (parts.size() < most_numbers) parts.push_back(fmt::format("{}", value));
  }
  if (values.size() > most_numbers) {
    parts.push_back(fmt::format("{} more", values.size() - most_numbers));
  }
  return joined(parts);
}

bool waits_for_ever(const RequestRecord& record) { return !record.granted && !record.finished; }

std::uint64_t excess(std::uint64_t more, std::uint64_t less) {
  return more > less ? more - less : 0;
}

/// Of all users in a replication; nothing where one stream counts several times, or not at all.
struct OfAllUsers {
  std::uint64_t never_open = 0;
  std::uint64_t asked_for = 0;
};
std::optional<OfAllUsers> streams_of_all_users(const VariantView& view) {
  const auto value = [&](std::string_view name) { return metric(*view.result, name).value; };
  const bool come_again = value("streams.lost") > 0.0 || value("reconnects.count") > 0.0;
  if (view.world().fleet.users == 1 || come_again) return std::nullopt;
  const double without = value("streams.never_opened") + value("streams.given_up");
  return OfAllUsers{whole_count(without), whole_count(without + value("streams.opened"))};
}

}  // namespace

std::string numbered(std::string_view noun, const std::set<std::int64_t>& values) {
  return fmt::format("{}{} {}", noun, values.size() == 1 ? "" : "s", numbers(values));
}

std::string workers_of(const VariantView& view) {
  const models::HopSpec& app = view.world().hops.back();
  return fmt::format("{} of {}", counted(static_cast<std::uint64_t>(app.workers), "worker"),
                     app.kind);
}

// Who waited, and was answered without going on; nobody waits whom a full hop turns away at once.
CutInLine cut_in_line(const VariantView& view, const models::FlowStatistics& flow) {
  const std::uint64_t most = excess(flow.failed, flow.storm_failed);
  const auto app = fmt::format("hop.{}.refused", view.world().hops.size() - 1);
  const bool all_let_in = metric(*view.result, app).value == 0.0;  // so who has arrived is known
  const std::uint64_t at_proxies =
      all_let_in ? excess(flow.proxy_queue.finished(), flow.worker_queue.count()) : 0;
  return {std::min(at_proxies, most),
          std::min(excess(flow.worker_queue.finished(), flow.service.count()), most)};
}

std::string line_until_cut(const VariantView& view, const FlowView& flow) {
  const std::optional<Wall> wall = longest_line(view, *flow.statistics);
  if (!wall || flow.queued_share < 0.5) return {};
  return fmt::format(" Most of that time they wait for {} of {} ({}).", one_of(*wall),
                     clean(wall->place), wall->key);
}

std::string never_opening(const VariantView& view, std::uint64_t streams) {
  const std::string noun = streams_noun(view).plural;
  constexpr Verb verb{"never opens", "never open"};
  const std::optional<OfAllUsers> all = streams_of_all_users(view);
  if (all && all->never_open > 0) return part_of(all->never_open, all->asked_for, noun, verb);
  const std::string text = part_of(streams, view.streams.asked_for, noun, verb);
  return view.world().fleet.users == 1 ? text : "of the first user " + text;
}

AtTheEnd at_the_end(const VariantView& view) {
  AtTheEnd end;
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.finished) continue;
    const bool is_socket = record.kind == RequestKind::web_socket;
    if (record.flow != models::row_traffic && record.granted && !is_socket) {
      ++end.others_holding;
      if (record.reached && !record.began) ++end.others_in_line;
    }
    if (record.flow >= 0 && !record.granted) ++end.flow_waiting;
    if (record.flow == models::page_traffic && !record.granted) {
      end.blank_tabs.insert(record.tab + 1);
    }
    if (record.flow != models::row_traffic || is_socket) continue;
    (record.granted ? end.holding : end.waiting).push_back(&record);
  }
  return end;
}

std::uint64_t never_sent(const FlowView& flow) {
  return flow.statistics->starved + flow.statistics->given_up;
}

std::string starving(const FlowView& flow) {
  const std::uint64_t all = flow.statistics->count;
  const Noun noun = noun_of(*flow.flow);
  if (all == 1) return noun.one + " is never sent";
  if (never_sent(flow) == all)
    return fmt::format("none of the {} {} is ever sent", all, noun.plural);
  return fmt::format("{} of {} {} {} never sent", never_sent(flow), all, noun.plural,
                     never_sent(flow) == 1 ? "is" : "are");
}

std::string going_nowhere(const FlowView& view) {
  const bool is_sent = never_sent(view) == 0 || view.fate == Fate::unanswered;
  if (!is_sent) return starving(view);
  const models::FlowStatistics& flow = *view.statistics;
  return part_of(flow.censored, flow.count, noun_of(*view.flow).plural,
                 {"gets no answer before the run ends", "get no answer before the run ends"});
}

std::string too_little(const Wall& wall) {
  return fmt::format("{} has {}{} ({}), and at most {} for one.", sentence(clean(wall.place)),
                     counted(static_cast<std::uint64_t>(wall.limit), wall.unit),
                     wall.of_each_user ? " for a connection" : "", wall.key,
                     requests_wait(whole_count(wall.queue)));
}

std::string line_in_browser(const VariantView& view) {
  const Wall slots = wall_of_slots(view);
  std::string text =
      fmt::format("{} has {} ({}), and at most {} for one", browser_name(view.world()),
                  counted(static_cast<std::uint64_t>(slots.limit), slots.unit), slots.key,
                  requests_wait(whole_count(slots.queue)));
  const std::string by = holders(at_the_end(view));
  return by.empty() ? text + "."
                    : fmt::format("{}; when the first replication ends, {}.", text, by);
}

bool is_starved(const Study& study, const VariantView& view) {
  return study.has_flow() && study.fate(view) == Fate::starved;
}

std::string requests_wait(std::uint64_t count) {
  return counted(count, "request") + (count == 1 ? " waits" : " wait");
}

std::string browser_name(const models::WorldSpec& world) {
  return sentence(std::string(world.browser.name));
}

bool rows_use(const VariantView& view, RequestKind kind) {
  return std::ranges::any_of(view.result->sample.records, [kind](const RequestRecord& record) {
    return record.flow == models::row_traffic && record.kind == kind;
  });
}

Noun streams_noun(const VariantView& view) {
  if (rows_use(view, RequestKind::web_socket)) return {"a WebSocket", "WebSockets"};
  return {"an event stream", "event streams"};
}

std::string held_noun(const AtTheEnd& end) {
  const auto is_stream = [](const RequestRecord* r) {
    return r->kind == RequestKind::event_source;
  };
  return std::ranges::any_of(end.holding, is_stream) ? "event streams" : "requests of rows";
}

std::string devtools_shows(const VariantView& view, const AtTheEnd& end) {
  std::string text = "DevTools, Network: ";
  if (!end.holding.empty()) {
    text += fmt::format("{} of type {} open without end", counted(end.holding.size(), "request"),
                        resource_type(end.holding.front()->kind));
  }
  std::vector<std::string> stalled;
  if (!end.waiting.empty()) {
    stalled.push_back(
        fmt::format("{} {}", end.waiting.size(), resource_type(end.waiting.front()->kind)));
  }
  std::map<std::int32_t, std::uint64_t> of_flow;
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.flow >= 0 && waits_for_ever(record)) ++of_flow[record.flow];
  }
  for (const auto& [index, count] : of_flow) {
    const models::RequestFlow& flow = view.world().requests[static_cast<std::size_t>(index)];
    stalled.push_back(fmt::format("{} {} “{}”", count, flow.method, clean(flow.name)));
  }
  if (stalled.empty()) return end.holding.empty() ? "" : text + ". ";
  return fmt::format("{}{}{} stay “(pending)” as “Stalled”, without a response. ", text,
                     end.holding.empty() ? "" : "; ", joined(stalled));
}

std::string server_saw(const VariantView& view) {
  std::map<std::string_view, std::uint64_t> arrived{{"GET", 0}};
  for (const models::RequestFlow& flow : view.world().requests) arrived[flow.method];
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.arrived) ++arrived[method_of(record, view.world())];
  }
  std::vector<std::string> parts;
  for (const auto& [method, count] : arrived) {
    parts.push_back(count == 0 ? fmt::format("no {}", method) : counted(count, method));
  }
  return "Requests that reach the app: " + fmt::format("{}", fmt::join(parts, ", "));
}

std::string holders(const AtTheEnd& end) {
  std::set<std::int64_t> connections;
  std::set<std::int64_t> rows;
  std::set<std::int64_t> tabs;
  for (const RequestRecord* record : end.holding) {
    connections.insert(record->connection);
    if (record->row >= 0) rows.insert(record->row + 1);
    tabs.insert(record->tab + 1);
  }
  if (connections.empty()) return {};
  std::string by = rows.empty() ? held_noun(end) : numbered("row", rows);
  if (tabs.size() > 1) by += fmt::format(" of {}", numbered("tab", tabs));
  return fmt::format("{} {} held by {}", numbered("connection", connections),
                     connections.size() == 1 ? "is" : "are", by);
}

std::string Cut::rule() const {
  const std::string time = short_duration(limit);
  if (whole_response) {
    return fmt::format("{} lets a response take {} as a whole (hop.{}.response_timeout).",
                       sentence(by), time, hop);
  }
  return fmt::format("{} waits for {} for the next byte (hop.{}.read_timeout).", sentence(by), time,
                     hop);
}

std::optional<Cut> most_cut(const VariantView& view) {
  std::optional<Cut> most;
  for (std::size_t hop = 0; hop < view.world().hops.size(); ++hop) {
    const double responses = metric(*view.result, fmt::format("hop.{}.cut", hop)).value;
    if (responses <= (most ? most->responses : 0.0)) continue;
    const models::HopSpec& spec = view.world().hops[hop];
    const bool whole = spec.response_timeout > sim::Duration::zero();
    most = {clean(spec.kind), hop, responses, whole ? spec.response_timeout : spec.read_timeout,
            whole};
  }
  return most;
}

std::string failing_pages(const VariantView& view) {
  const double failed = metric(*view.result, "pages.failed").value;
  if (failed < 0.5) return {};
  const std::uint64_t count = whole_count(failed);
  const models::FleetSpec& fleet = view.world().fleet;
  const bool is_known = fleet.arrival_rate == 0.0 && !fleet.session && fleet.most_tabs == 0;
  const auto all =
      static_cast<std::uint64_t>(fleet.users) * static_cast<std::uint64_t>(view.world().tabs);
  if (!is_known || count > all) {
    return fmt::format("{} never load{} in a replication", counted(count, "page"),
                       count == 1 ? "s" : "");
  }
  if (all == 1) return "the page never loads";
  if (count == all) return fmt::format("none of the {} pages loads", all);
  return part_of(count, all, "pages", {"never loads", "never load"});
}

std::string never_loads(const VariantView& view) {
  const RequestRecord* document = nullptr;
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.flow != models::page_traffic || record.kind != RequestKind::document) continue;
    if (record.status == 200 && record.finished) return {};
    if (document == nullptr) document = &record;
  }
  if (document == nullptr || document->outcome == models::Outcome::aborted) return {};
  const bool several = view.world().fleet.users > 1;
  const std::string page = several ? "the first user's page" : "the page";
  if (!document->finished) return fmt::format("{} does not load before the run ends", page);
  const std::string failing = several ? failing_pages(view) : "";
  const std::string lead = failing.empty() ? page + " never loads" : failing;
  const std::string_view whose = failing.empty() ? "its" : "the first user's";
  if (!document->opened || document->status == 200) {
    return fmt::format("{}: {} request fails", lead, whose);
  }
  return fmt::format("{}: {} document is answered with {}", lead, whose, document->status);
}

std::string range_of(const Study& study, const Group& group, std::string_view name) {
  std::vector<scenarios::MetricValue> values;
  for (const std::size_t variant : group) {
    values.push_back(metric(*study.variants[variant].result, name));
  }
  return short_range(values);
}

Predicate gets_through(const Study& study) {
  return [&study](const VariantView& view) {
    const Fate fate = study.fate(view);
    return fate == Fate::answered ||
           (fate == Fate::slow && study.felt(view).p95.value <= tolerable_wait);
  };
}

Predicate faster_than(const Study& study, std::size_t variant,
                      scenarios::MetricValue FlowView::*quantile, double part) {
  return faster_than(study.variants[variant], study.flow, quantile, part);
}

Predicate faster_than(const VariantView& view, std::size_t flow,
                      scenarios::MetricValue FlowView::*quantile, double part) {
  const FlowView& sick = view.flows[flow];
  const double limit = part * (sick.*quantile).value;
  return [flow, quantile, limit, failed = sick.statistics->failed](const VariantView& other) {
    const FlowView& its = other.flows[flow];
    const bool ends = its.fate == Fate::answered || its.fate == Fate::slow ||
                      (its.fate == Fate::refused && its.statistics->failed <= failed);
    return ends && !(its.*quantile).is_bound() && (its.*quantile).value <= limit;
  };
}

}  // namespace sixslots::reports
