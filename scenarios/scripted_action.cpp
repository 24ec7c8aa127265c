#include "scenarios/scripted_action.hpp"

#include <array>

#include "sim/random.hpp"

namespace sixslots::scenarios {

namespace {

using models::Action;
using models::RequestKind;

constexpr std::array kinds = {
    ActionKind{"fetch", Action::Kind::request, RequestKind::fetch, "fetch()"},
    ActionKind{"xhr", Action::Kind::request, RequestKind::xhr, "XMLHttpRequest"},
    ActionKind{"eventsource", Action::Kind::event_source, RequestKind::event_source,
               "new EventSource(): an event stream"},
    ActionKind{"websocket", Action::Kind::web_socket, RequestKind::web_socket, "new WebSocket()"},
    ActionKind{"poll", Action::Kind::repeat, RequestKind::fetch, "fetch() again and again"},
    ActionKind{"long-poll", Action::Kind::repeat, RequestKind::fetch,
               "fetch(), and the next one as soon as it has ended"},
    ActionKind{"beacon", Action::Kind::request, RequestKind::beacon, "navigator.sendBeacon()"},
    ActionKind{"image-object", Action::Kind::request, RequestKind::image, "new Image()"},
    ActionKind{"image-in-document", Action::Kind::request, RequestKind::image_in_document,
               "an img element, laid out in view"},
    ActionKind{"script-injected", Action::Kind::request, RequestKind::script,
               "a script element added by script"},
    ActionKind{"stylesheet", Action::Kind::request, RequestKind::stylesheet, "a link element"},
    ActionKind{"iframe", Action::Kind::request, RequestKind::iframe, "the document of a frame"},
    ActionKind{"navigation", Action::Kind::navigation, RequestKind::document,
               "location.href = ...: the tab leaves the page"},
    ActionKind{"close", Action::Kind::close, RequestKind::fetch,
               "closes the event stream or WebSocket that `target` names"},
};

RequestKind request_kind(const ScriptedAction& action) {
  const RequestKind kind = action.kind->request;
  if (action.keepalive && kind == RequestKind::fetch) return RequestKind::fetch_keepalive;
  if (action.priority == FetchPriority::high && kind == RequestKind::fetch) {
    return RequestKind::fetch_high;
  }
  if (action.priority == FetchPriority::low && kind == RequestKind::fetch) {
    return RequestKind::fetch_low;
  }
  const bool high_image = action.priority == FetchPriority::high && kind == RequestKind::image;
  return high_image ? RequestKind::image_high : kind;
}

models::CacheUse cache_use(const ScriptedAction& action) {
  using enum Action::Kind;
  const bool asks = action.kind->kind == request || action.kind->kind == repeat;
  const bool past = action.cache == CacheMode::no_store || action.cache == CacheMode::reload;
  const bool read = action.method == "GET" && action.kind->request != RequestKind::beacon;
  return asks && read && !past ? models::CacheUse::locked : models::CacheUse::bypass;
}

models::Answer answer_of(const ScriptedAction& action) {
  models::Answer answer;
  answer.service = action.service;
  answer.storable = action.storable;
  if (action.kind->kind != Action::Kind::event_source) return answer;
  answer.streams = true;
  answer.status = action.first_status;
  answer.ends_after = action.ends_after;
  answer.ends_by_reset = action.ending == StreamEnding::reset;
  answer.retry = action.retry;
  return answer;
}

std::optional<models::Answer> later_answer(const ScriptedAction& action) {
  if (action.later_status == 200 && !action.later_dropped) return std::nullopt;
  models::Answer answer = answer_of(action);
  answer.status = action.later_status;
  answer.dropped = action.later_dropped;
  return answer;
}

}  // namespace

std::span<const ActionKind> action_kinds() { return kinds; }

models::Action compile(const ScriptedAction& action) {
  models::Action result;
  result.kind = action.kind->kind;
  result.at = action.at;
  result.host = action.host;
  result.request.kind = request_kind(action);
  result.request.url = sim::entity_id(action.url.empty() ? action.name : action.url);
  result.request.cache = cache_use(action);
  result.request.answer = answer_of(action);
  result.later_answer = later_answer(action);
  result.reconnect = action.reconnect;
  result.preflight = action.preflight;
  result.by_user = action.by_user;
  result.deferral = action.deferral;
  result.deferred = action.deferred;
  result.repeat = action.kind->name == "long-poll" ? models::Repeat::long_poll : action.timing;
  result.interval = action.interval;
  result.times = action.times;
  result.unique_url = action.unique_url;
  return result;
}

}  // namespace sixslots::scenarios
