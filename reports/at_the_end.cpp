#include "reports/at_the_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "reports/pools.hpp"
#include "reports/request_text.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

using models::RequestKind;
using models::RequestRecord;

/// The first few of some.
std::string first_of(std::vector<std::string> parts) {
  constexpr std::size_t most = 9;
  const std::size_t all = parts.size();
  if (all > most) {
    parts.resize(most);
    parts.push_back(fmt::format("{} more", all - most));
  }
  return joined(parts);
}

/// "1 to 6", or the first few of "1, 3, 8".
std::string numbers(const std::set<std::int64_t>& values) {
  const std::int64_t span = *values.rbegin() - *values.begin() + 1;
  if (values.size() > 2 && span == static_cast<std::int64_t>(values.size())) {
    return fmt::format("{} to {}", *values.begin(), *values.rbegin());
  }
  std::vector<std::string> parts;
  for (const std::int64_t value : values) parts.push_back(fmt::format("{}", value));
  return first_of(std::move(parts));
}

/// “prices”, “news” and 3 more
std::string quoted(const std::vector<std::string>& names) {
  std::vector<std::string> parts;
  for (const std::string& name : names) parts.push_back(fmt::format("“{}”", name));
  return first_of(std::move(parts));
}

void add(AtTheEnd& end, const RequestRecord& record) {
  const bool is_socket = record.kind == RequestKind::web_socket;
  if (is_socket && !record.opened) ++end.sockets_waiting;
  if (record.flow != models::row_traffic && record.granted && !is_socket) {
    ++end.others_holding;
    if (record.reached && !record.began) ++end.others_in_line;
  }
  if (record.flow >= 0 && !record.granted) ++end.flows_waiting[record.flow];
  if (record.flow == models::page_traffic && !record.granted) {
    end.blank_tabs.insert(record.tab + 1);
  }
  if (record.flow != models::row_traffic || is_socket) return;
  (record.granted ? end.holding : end.waiting).push_back(&record);
}

}  // namespace

std::uint64_t AtTheEnd::all_waiting() const {
  return std::accumulate(
      flows_waiting.begin(), flows_waiting.end(), waiting.size() + blank_tabs.size(),
      [](std::uint64_t sum, const auto& of_flow) { return sum + of_flow.second; });
}

std::string AtTheEnd::of_host() const { return host.empty() ? "" : " of " + clean(host); }

AtTheEnd at_the_end(const VariantView& view, std::optional<std::size_t> flow) {
  AtTheEnd end;
  const std::map<Pool, PoolLoad> pools = pools_at_the_end(view, flow);
  if (pools.empty()) return end;
  const auto load = [](const auto& its) {
    return std::pair(its.second.waiting, its.second.holding);
  };
  const Pool pool = std::ranges::max_element(pools, {}, load)->first;
  const bool is_one = is_of_one_host(view, wall_of_slots(view).key);
  if (is_one && pools.size() > 1) end.host = pool.host;
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.finished) continue;
    const Pool its = pool_of(record, view.world());
    if (is_one ? its == pool : its.context == pool.context) add(end, record);
  }
  return end;
}

bool rows_hold_all_slots(const VariantView& view, const AtTheEnd& end) {
  const int limit = wall_of_slots(view).limit;
  return limit > 0 && end.holding.size() >= static_cast<std::size_t>(limit);
}

std::string held_noun(const AtTheEnd& end) {
  const auto is_stream = [](const RequestRecord* r) {
    return r->kind == RequestKind::event_source;
  };
  return std::ranges::any_of(end.holding, is_stream) ? "event streams" : "requests of rows";
}

std::string numbered(std::string_view noun, const std::set<std::int64_t>& values) {
  return fmt::format("{}{} {}", noun, values.size() == 1 ? "" : "s", numbers(values));
}

std::string holders(const VariantView& view, const AtTheEnd& end) {
  std::set<std::int64_t> connections;
  std::set<std::int64_t> rows;
  std::set<std::int64_t> tabs;
  std::vector<std::string> names;
  for (const RequestRecord* record : end.holding) {
    connections.insert(record->connection);
    if (record->row >= 0) rows.insert(record->row + 1);
    tabs.insert(record->tab + 1);
    if (record->name >= 0) names.push_back(label_of(*record, view.world()));
  }
  if (connections.empty()) return {};
  std::string by = rows.empty() ? held_noun(end) : numbered("row", rows);
  if (!names.empty()) by = quoted(names);
  if (tabs.size() > 1) by += fmt::format(" of {}", numbered("tab", tabs));
  return fmt::format("{} {} held by {}", numbered("connection", connections),
                     connections.size() == 1 ? "is" : "are", by);
}

std::string devtools_shows(const VariantView& view, const AtTheEnd& end) {
  const std::string to_host = end.host.empty() ? "" : " to " + clean(end.host);
  std::vector<std::string> stalled;
  if (!end.waiting.empty()) {
    stalled.push_back(
        fmt::format("{} {}", end.waiting.size(), resource_type(end.waiting.front()->kind)));
  }
  for (const auto& [index, count] : end.flows_waiting) {
    const models::RequestFlow& flow = view.world().requests[static_cast<std::size_t>(index)];
    stalled.push_back(fmt::format("{} {} “{}”", count, flow.method, clean(flow.name)));
  }
  std::vector<std::string> parts;
  if (!end.holding.empty()) {
    parts.push_back(fmt::format("{} of type {}{} open without end",
                                counted(end.holding.size(), "request"),
                                resource_type(end.holding.front()->kind), to_host));
  }
  if (!stalled.empty()) {
    parts.push_back(joined(stalled) + " stay “(pending)” as “Stalled”, without a response");
  }
  if (end.sockets_waiting > 0) {
    parts.push_back(fmt::format("{} {} “(pending)”", counted(end.sockets_waiting, "WebSocket"),
                                end.sockets_waiting == 1 ? "stays" : "stay"));
  }
  if (parts.empty()) return {};
  return fmt::format("DevTools, Network: {}. ", fmt::join(parts, "; "));
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

}  // namespace sixslots::reports
