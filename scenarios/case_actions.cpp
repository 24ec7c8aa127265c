#include "scenarios/case_actions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/error.hpp"
#include "scenarios/json_fields.hpp"
#include "sim/random.hpp"

namespace sixslots::scenarios {

namespace {

using models::Action;
using models::Answer;
using models::CacheUse;
using models::RequestKind;

template <class Value>
struct Named {
  std::string_view name;
  Value value;
};

/// The value of that name in a table; an unknown name is an error that lists what is allowed.
template <class Value, std::size_t N>
Value look_up(JsonFields& fields, std::string_view field, const std::string& name,
              const std::array<Named<Value>, N>& table) {
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

constexpr std::array request_kinds = {
    Named<RequestKind>{"fetch", RequestKind::fetch},
    Named<RequestKind>{"xhr", RequestKind::xhr},
    Named<RequestKind>{"beacon", RequestKind::beacon},
    Named<RequestKind>{"image-object", RequestKind::image},
    Named<RequestKind>{"image-in-document", RequestKind::image_in_document},
    Named<RequestKind>{"script-injected", RequestKind::script},
    Named<RequestKind>{"stylesheet", RequestKind::stylesheet},
    Named<RequestKind>{"iframe", RequestKind::iframe},
};

constexpr std::array priorities = {
    Named<int>{"auto", 0},
    Named<int>{"high", 1},
    Named<int>{"low", -1},
};

// Whether the HTTP cache is asked, by fetch's cache option.
constexpr std::array cache_modes = {
    Named<CacheUse>{"default", CacheUse::locked},     Named<CacheUse>{"no-cache", CacheUse::locked},
    Named<CacheUse>{"force-cache", CacheUse::locked}, Named<CacheUse>{"no-store", CacheUse::bypass},
    Named<CacheUse>{"reload", CacheUse::bypass},
};

constexpr std::array timings = {
    Named<models::Repeat>{"setInterval", models::Repeat::set_interval},
    Named<models::Repeat>{"chained", models::Repeat::chained},
    Named<models::Repeat>{"inflight", models::Repeat::in_flight},
};

constexpr std::array deferrals = {
    Named<models::Deferral>{"microtask", models::Deferral::microtask},
    Named<models::Deferral>{"timer", models::Deferral::timer},
};

constexpr std::array ends = {
    Named<bool>{"clean-end", false},
    Named<bool>{"reset", true},
};

std::size_t read_origin(JsonFields& fields, std::size_t origins) {
  const std::string name = fields.text("origin");
  if (name == "page") return 0;
  if (name == "api" && origins > 1) return 1;
  fields.fail("origin", fmt::format("unknown origin '{}'", name));
}

RequestKind with_priority(RequestKind kind, int priority) {
  if (kind == RequestKind::fetch && priority > 0) return RequestKind::fetch_high;
  if (kind == RequestKind::fetch && priority < 0) return RequestKind::fetch_low;
  if (kind == RequestKind::image && priority > 0) return RequestKind::image_high;
  return kind;
}

// A body without Cache-Control, or with one that does not forbid it, may be stored.
bool read_storable(JsonFields& fields) {
  const nlohmann::json* header = fields.child("response_cache_control");
  if (header == nullptr) return false;  // the servers say no-store by themselves
  if (header->is_null()) return true;
  return fields.text("response_cache_control").find("no-store") == std::string::npos;
}

void read_request(JsonFields& fields, Action& action, std::size_t origins) {
  action.origin = read_origin(fields, origins);
  action.request.url = sim::entity_id(fields.text("url"));
  action.request.answer.service = milliseconds(fields.number("service_ms"));
}

void read_cache(JsonFields& fields, Action& action, std::string_view default_method) {
  const std::string method = fields.text_or("method", default_method);
  const CacheUse use =
      look_up(fields, "cache_mode", fields.text_or("cache_mode", "default"), cache_modes);
  action.request.cache = method == "GET" ? use : CacheUse::bypass;
  action.request.answer.storable = read_storable(fields);
}

void read_user_click(JsonFields& fields, Action& action) {
  if (const auto at = fields.optional_number("user_click_at_ms")) {
    action.by_user = true;
    action.at = milliseconds(*at);
  }
  if (fields.has("deferred_by")) {
    action.deferral = look_up(fields, "deferred_by", fields.text("deferred_by"), deferrals);
  }
  action.deferred = milliseconds(fields.optional_number("deferred_ms").value_or(0.0));
}

void read_plain_request(JsonFields& fields, Action& action, RequestKind kind, std::size_t origins) {
  read_request(fields, action, origins);
  const int priority =
      look_up(fields, "fetch_priority", fields.text_or("fetch_priority", "auto"), priorities);
  action.request.kind = with_priority(kind, priority);
  if (fields.flag_or("keepalive", false)) action.request.kind = RequestKind::fetch_keepalive;
  action.preflight = fields.flag_or("cors_preflight", false);
  read_cache(fields, action, kind == RequestKind::beacon ? "POST" : "GET");
  read_user_click(fields, action);
}

Answer stream_answer(const Action& action, int status) {
  Answer answer = action.request.answer;
  answer.status = status;
  return answer;
}

void read_event_source(JsonFields& fields, Action& action, std::size_t origins) {
  action.kind = Action::Kind::event_source;
  action.origin = read_origin(fields, origins);
  action.request.kind = RequestKind::event_source;
  action.request.url = sim::entity_id(fields.text("url"));
  action.reconnect = fields.flag_or("reconnect", true);
  const nlohmann::json* json = fields.child("stream");
  if (json == nullptr) fields.fail("the field 'stream' is missing");
  JsonFields stream(*json, fields.file(), fields.place_of("stream"));
  Answer& answer = action.request.answer;
  (void)stream.number("events_per_s");  // events take no slot and delay nobody
  (void)stream.optional_number("event_padding_bytes");
  answer.streams = true;
  answer.ends_after = milliseconds(stream.optional_number("ends_after_ms").value_or(0.0));
  answer.ends_by_reset = look_up(stream, "ends_by", stream.text_or("ends_by", "clean-end"), ends);
  if (const auto retry = stream.optional_number("retry_field_ms")) {
    answer.retry = milliseconds(*retry);
  }
  const int later_status = stream.integer_or("later_opens_status", 200);
  if (later_status != 200) action.later_answer = stream_answer(action, later_status);
  if (stream.flag_or("later_opens_dropped", false)) {
    action.later_answer = stream_answer(action, 200);
    action.later_answer->dropped = true;
  }
  answer.status = stream.integer_or("first_status", 200);
  stream.finish();
}

void read_repeat(JsonFields& fields, Action& action, models::Repeat repeat, std::size_t origins) {
  action.kind = Action::Kind::repeat;
  action.repeat = repeat;
  action.request.kind = RequestKind::fetch;
  read_request(fields, action, origins);
  read_cache(fields, action, "GET");
  action.times = fields.integer("times");
  if (action.times < 1 || action.times > 1'000'000) {
    fields.fail("times", "allowed are 1 to 1,000,000");
  }
  action.unique_url = fields.flag_or("unique_url", false);
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

constexpr std::array other_kinds = {std::string_view("eventsource"),  std::string_view("websocket"),
                                    std::string_view("poll"),         std::string_view("long-poll"),
                                    std::string_view("navigation"),   std::string_view("close"),
                                    std::string_view("on-user-click")};

void read_kind(JsonFields& fields, Action& action, std::size_t origins, const ScriptNames& names) {
  const std::string kind = fields.text("kind");
  if (kind == "eventsource") return read_event_source(fields, action, origins);
  if (kind == "poll") {
    const auto repeat = look_up(fields, "timing", fields.text("timing"), timings);
    action.interval = milliseconds(fields.number("interval_ms"));
    return read_repeat(fields, action, repeat, origins);
  }
  if (kind == "long-poll") {
    return read_repeat(fields, action, models::Repeat::long_poll, origins);
  }
  if (kind == "websocket" || kind == "navigation") {
    const bool socket = kind == "websocket";
    action.kind = socket ? Action::Kind::web_socket : Action::Kind::navigation;
    read_request(fields, action, origins);
    action.request.kind = socket ? RequestKind::web_socket : RequestKind::document;
    return read_user_click(fields, action);
  }
  if (kind == "close") {
    action.kind = Action::Kind::close;
    action.target = names.find(fields.text("target"));
    if (action.target < 0) fields.fail("target", "no action before this one has that id");
    return;
  }
  for (const auto& row : request_kinds) {
    if (row.name == kind) return read_plain_request(fields, action, row.value, origins);
  }
  std::vector<std::string_view> allowed(other_kinds.begin(), other_kinds.end());
  for (const auto& row : request_kinds) allowed.push_back(row.name);
  fields.fail("kind",
              fmt::format("unknown kind '{}'; allowed are {}", kind, enumerate(allowed, "'")));
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
  const auto at = fields.optional_number("at_ms");
  std::vector<Action> actions;
  if (fields.text("kind") == "on-user-click") {
    (void)fields.text_or("note", "");
    int index = 0;
    for (const nlohmann::json& inner : fields.array("actions")) {
      const std::string inner_place = fmt::format("{}.actions[{}]", place, index++);
      for (const Action& action : read_action(inner, file, inner_place, origins, names)) {
        actions.push_back(action);
      }
    }
  } else {
    Action action;
    if (at) action.at = milliseconds(*at);
    read_kind(fields, action, origins, names);
    if (action.kind != Action::Kind::close) read_names(fields, action, names);
    if (!at && !action.by_user) fields.fail("the field 'at_ms' is missing");
    actions.push_back(action);
  }
  fields.finish();
  return actions;
}

}  // namespace sixslots::scenarios
