#include "scenarios/case_actions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "scenarios/error.hpp"
#include "scenarios/json_fields.hpp"
#include "scenarios/names.hpp"
#include "scenarios/scripted_action.hpp"

namespace sixslots::scenarios {

namespace {

using models::Action;

/// The value of that name in a table of Named rows; an unknown name is an error that lists what is
/// allowed.
template <class Table>
auto look_up(JsonFields& fields, std::string_view field, const std::string& name,
             const Table& table) {
  std::vector<std::string_view> allowed;
  for (const auto& row : table) {
    if (row.name == name) return row.value;
    allowed.push_back(row.name);
  }
  const auto likely = nearest_name(name, allowed);
  fields.fail(field, fmt::format("unknown value '{}'; {}allowed are {}", name,
                                 likely ? fmt::format("did you mean '{}'? ", *likely) : "",
                                 enumerate(allowed, "'")));
}

// A case says how a request is deferred only where it is, and no page asks for OPTIONS itself.
constexpr auto deferrals = std::span(deferral_names).subspan<1>();
constexpr auto methods = std::span(method_names).first<method_names.size() - 1>();

std::size_t read_origin(JsonFields& fields, std::size_t origins) {
  const std::string name = fields.text("origin");
  if (name == "page") return 0;
  if (name == "api" && origins > 1) return 1;
  fields.fail("origin", fmt::format("unknown origin '{}'", name));
}

// A body without Cache-Control, or with one that does not forbid it, may be stored.
bool read_storable(JsonFields& fields) {
  const nlohmann::json* header = fields.child("response_cache_control");
  if (header == nullptr) return false;  // the servers say no-store by themselves
  if (header->is_null()) return true;
  return fields.text("response_cache_control").find("no-store") == std::string::npos;
}

void read_request(JsonFields& fields, ScriptedAction& action) {
  action.url = fields.text("url");
  action.service = milliseconds(fields.number("service_ms"));
}

void read_cache(JsonFields& fields, ScriptedAction& action) {
  action.method = look_up(fields, "method", fields.text_or("method", "GET"), methods);
  action.cache =
      look_up(fields, "cache_mode", fields.text_or("cache_mode", "default"), cache_names);
  action.storable = read_storable(fields);
}

void read_user_click(JsonFields& fields, ScriptedAction& action) {
  if (const auto at = fields.optional_number("user_click_at_ms")) {
    action.by_user = true;
    action.at = milliseconds(*at);
  }
  if (fields.has("deferred_by")) {
    action.deferral = look_up(fields, "deferred_by", fields.text("deferred_by"), deferrals);
  }
  action.deferred = milliseconds(fields.optional_number("deferred_ms").value_or(0.0));
}

void read_plain_request(JsonFields& fields, ScriptedAction& action) {
  read_request(fields, action);
  action.priority =
      look_up(fields, "fetch_priority", fields.text_or("fetch_priority", "auto"), priority_names);
  action.keepalive = fields.flag_or("keepalive", false);
  action.preflight = fields.flag_or("cors_preflight", false);
  read_cache(fields, action);
  read_user_click(fields, action);
}

void read_event_source(JsonFields& fields, ScriptedAction& action) {
  action.url = fields.text("url");
  action.reconnect = fields.flag_or("reconnect", true);
  const nlohmann::json* json = fields.child("stream");
  if (json == nullptr) fields.fail("the field 'stream' is missing");
  JsonFields stream(*json, fields.file(), fields.place_of("stream"));
  (void)stream.number("events_per_s");  // events take no slot and delay nobody
  (void)stream.optional_number("event_padding_bytes");
  action.ends_after = milliseconds(stream.optional_number("ends_after_ms").value_or(0.0));
  action.ending = look_up(stream, "ends_by", stream.text_or("ends_by", "clean-end"), ending_names);
  if (const auto retry = stream.optional_number("retry_field_ms")) {
    action.retry = milliseconds(*retry);
  }
  action.first_status = stream.integer_or("first_status", 200);
  action.later_status = stream.integer_or("later_opens_status", 200);
  action.later_dropped = stream.flag_or("later_opens_dropped", false);
  stream.finish();
}

void read_repeat(JsonFields& fields, ScriptedAction& action) {
  read_request(fields, action);
  read_cache(fields, action);
  action.times = fields.integer("times");
  if (action.times < 1 || action.times > 1'000'000) {
    fields.fail("times", "allowed are 1 to 1,000,000");
  }
  action.unique_url = fields.flag_or("unique_url", false);
  if (action.kind->name == "long-poll") return;
  action.timing = look_up(fields, "timing", fields.text("timing"), timing_names);
  action.interval = milliseconds(fields.number("interval_ms"));
}

// Names the action's requests: `id`, or `id.1`, `id.2`, ... where it makes several.
void read_names(JsonFields& fields, Action& action, ScriptNames& names) {
  const std::string id = fields.text("id");
  if (action.kind != Action::Kind::repeat) {
    action.name = names.add(id);
    return;
  }
  action.name = names.add(fmt::format("{}.1", id));
  for (int i = 2; i <= action.times; ++i) names.add(fmt::format("{}.{}", id, i));
}

const ActionKind& read_kind(JsonFields& fields) {
  const std::string name = fields.text("kind");
  std::vector<std::string_view> allowed{"on-user-click"};
  for (const ActionKind& kind : action_kinds()) {
    if (kind.name == name) return kind;
    allowed.push_back(kind.name);
  }
  const auto likely = nearest_name(name, allowed);
  fields.fail("kind", fmt::format("unknown kind '{}'; {}allowed are {}", name,
                                  likely ? fmt::format("did you mean '{}'? ", *likely) : "",
                                  enumerate(allowed, "'")));
}

void read_details(JsonFields& fields, ScriptedAction& action) {
  switch (action.kind->kind) {
    case Action::Kind::event_source:
      return read_event_source(fields, action);
    case Action::Kind::repeat:
      return read_repeat(fields, action);
    case Action::Kind::web_socket:
    case Action::Kind::navigation:
      read_request(fields, action);
      return read_user_click(fields, action);
    case Action::Kind::close:
      action.target = fields.text("target");
      return;
    case Action::Kind::request:
      return read_plain_request(fields, action);
  }
}

Action read_single(JsonFields& fields, std::size_t origins, ScriptNames& names) {
  ScriptedAction scripted;
  scripted.kind = &read_kind(fields);
  const auto at = fields.optional_number("at_ms");
  if (at) scripted.at = milliseconds(*at);
  read_details(fields, scripted);
  if (!at && !scripted.by_user) fields.fail("the field 'at_ms' is missing");
  Action action = compile(scripted);
  if (action.kind == Action::Kind::close) {
    action.target = names.find(scripted.target);
    if (action.target < 0) fields.fail("target", "no action before this one has that id");
    return action;
  }
  action.origin = read_origin(fields, origins);
  read_names(fields, action, names);
  return action;
}

}  // namespace

std::int32_t ScriptNames::add(std::string name) {
  names_.push_back(std::move(name));
  return static_cast<std::int32_t>(names_.size()) - 1;
}

std::int32_t ScriptNames::find(const std::string& name) const {
  const auto found = std::ranges::find(names_, name);
  return found == names_.end() ? -1 : static_cast<std::int32_t>(found - names_.begin());
}

models::Duration milliseconds(double value) {
  return models::Duration(static_cast<std::int64_t>(std::llround(value * 1e6)));
}

std::vector<Action> read_action(const nlohmann::json& json, const std::string& file,
                                const std::string& place, std::size_t origins, ScriptNames& names) {
  JsonFields fields(json, file, place);
  std::vector<Action> actions;
  if (fields.text("kind") == "on-user-click") {
    (void)fields.optional_number("at_ms");  // each of its actions says its own click's time
    (void)fields.text_or("note", "");
    int index = 0;
    for (const nlohmann::json& inner : fields.array("actions")) {
      const std::string inner_place = fmt::format("{}.actions[{}]", place, index++);
      for (const Action& action : read_action(inner, file, inner_place, origins, names)) {
        actions.push_back(action);
      }
    }
  } else {
    actions.push_back(read_single(fields, origins, names));
  }
  fields.finish();
  return actions;
}

}  // namespace sixslots::scenarios
