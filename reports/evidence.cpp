#include "reports/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/at_the_end.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

using models::RequestKind;
using models::RequestRecord;

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
  const double without = value("streams.never_opened");  // those that are closed for good, too
  return OfAllUsers{whole_count(without), whole_count(without + value("streams.opened"))};
}

}  // namespace

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

std::string line_in_browser(const VariantView& view, std::optional<std::size_t> flow) {
  const Wall slots = wall_of_slots(view);
  std::string text =
      fmt::format("{} has {} ({}), and at most {} for one", browser_name(view.world()),
                  counted(static_cast<std::uint64_t>(slots.limit), slots.unit), slots.key,
                  requests_wait(whole_count(slots.queue)));
  const std::string by = holders(view, at_the_end(view, flow));
  return by.empty() ? text + "."
                    : fmt::format("{}; when the first replication ends, {}.", text, by);
}

std::string line_behind(const VariantView& view) {
  const std::optional<LineBehindSlots> line = line_behind_slots(view);
  if (!line) return {};
  return fmt::format(" Requests that have one spend {} of that time in line at the server: {}",
                     short_value(scenarios::MetricInfo::Unit::ratio, line->share),
                     too_little(line->wall));
}

std::string who_is_ahead(const VariantView& view) {
  const std::optional<LineBehindSlots> line = line_behind_slots(view);
  if (!line) return {};
  return fmt::format(", behind requests that wait for {} of {}", one_of(line->wall),
                     clean(line->wall.place));
}

std::string key_behind(const VariantView& view) {
  const std::optional<LineBehindSlots> line = line_behind_slots(view);
  return line ? line->wall.key : std::string();
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
  const StreamCount& streams = view.streams;
  if (streams.sockets == 0) return {"an event stream", "event streams"};
  if (streams.sockets == streams.asked_for) return {"a WebSocket", "WebSockets"};
  return {"an event stream", "event streams and WebSockets"};
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
