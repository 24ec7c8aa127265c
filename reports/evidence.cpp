#include "reports/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/text.hpp"

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

std::string numbered(std::string_view noun, const std::set<std::int64_t>& values) {
  return fmt::format("{}{} {}", noun, values.size() == 1 ? "" : "s", numbers(values));
}

/// The type column of the Network panel.
std::string_view type_of(const RequestRecord& record) {
  return record.kind == RequestKind::event_source ? "eventsource" : "fetch";
}

std::string_view method_of(const RequestRecord& record, const models::WorldSpec& world) {
  if (record.flow < 0) return "GET";
  return world.requests[static_cast<std::size_t>(record.flow)].method;
}

bool waits_for_ever(const RequestRecord& record) { return !record.granted && !record.finished; }

}  // namespace

AtTheEnd at_the_end(const VariantView& view) {
  AtTheEnd end;
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.finished) continue;
    if (record.flow >= 0 && !record.granted) ++end.flow_waiting;
    if (record.flow != models::row_traffic || record.kind == RequestKind::web_socket) continue;
    (record.granted ? end.holding : end.waiting).push_back(&record);
  }
  return end;
}

std::string held_noun(const AtTheEnd& end) {
  const auto is_stream = [](const RequestRecord* r) {
    return r->kind == RequestKind::event_source;
  };
  return std::ranges::any_of(end.holding, is_stream) ? "event streams" : "long polls";
}

std::string devtools_shows(const VariantView& view, const AtTheEnd& end) {
  std::vector<std::string> parts;
  if (!end.holding.empty()) {
    parts.push_back(fmt::format("{} of type {} that never finish",
                                counted(end.holding.size(), "row"), type_of(*end.holding.front())));
  }
  std::map<std::string, std::uint64_t> stalled;
  if (!end.waiting.empty())
    stalled[std::string(type_of(*end.waiting.front()))] = end.waiting.size();
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.flow < 0 || !waits_for_ever(record)) continue;
    ++stalled[fmt::format(
        "{} {}", method_of(record, view.world()),
        clean(view.world().requests[static_cast<std::size_t>(record.flow)].name))];
  }
  std::vector<std::string> waiting;
  for (const auto& [what, count] : stalled) waiting.push_back(fmt::format("{} {}", count, what));
  if (!waiting.empty()) {
    parts.push_back(
        fmt::format("“(pending)”, “Stalled” and without a response: {}", joined(waiting)));
  }
  return "DevTools, Network: " + (parts.empty() ? "nothing pending" : joined(parts, "; "));
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
  return "What reaches the app: " + joined(parts, "but");
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
  return fmt::format("{} by {}", numbered("connection", connections), by);
}

std::string simulated_changes(const Study& study, std::size_t variant,
                              const std::function<bool(const VariantView&)>& is_good) {
  const std::string one =
      study.has_flow() ? noun_of(*study.felt(study.variants[variant]).flow).one : "";
  return simulated_changes(study, variant, is_good, [&](const Group& group) {
    return fmt::format("{} takes {}", one, median_of(study, group));
  });
}

std::string simulated_changes(const Study& study, std::size_t variant,
                              const std::function<bool(const VariantView&)>& is_good,
                              const std::function<std::string(const Group&)>& effect) {
  std::vector<std::string> parts;
  for (const Group& group : cures(study, variant, is_good)) {
    parts.push_back(fmt::format("{}: {}", name_of(study, group), effect(group)));
  }
  if (!parts.empty()) return sentence(fmt::format("{} (simulated here).", fmt::join(parts, "; ")));
  if (study.variants.size() == 1) {
    return "Nothing else was simulated here; compare designs and protocols.";
  }
  return "None of the other variants simulated here does better.";
}

std::function<bool(const VariantView&)> gets_through(const Study& study) {
  return [&study](const VariantView& view) {
    const Fate fate = study.fate(view);
    return fate == Fate::answered || fate == Fate::slow;
  };
}

}  // namespace sixslots::reports
