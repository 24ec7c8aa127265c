#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/action.hpp"

namespace sixslots::scenarios {

/// What an action does, by the name that files use.
struct ActionKind {
  std::string_view name;
  models::Action::Kind kind = models::Action::Kind::request;
  models::RequestKind request = models::RequestKind::fetch;
  std::string_view summary;
};

/// All kinds of actions.
std::span<const ActionKind> action_kinds();

enum class FetchPriority : std::uint8_t { automatic, high, low };

/// fetch()'s cache option, as far as it decides whether the cache's lock is asked for.
enum class CacheMode : std::uint8_t { standard, no_cache, force_cache, no_store, reload };

enum class StreamEnding : std::uint8_t { clean_end, reset };

/// One thing that a scripted page does, as a file says it: `[[tab.action]]`, or an action of a
/// measured case. Each kind looks only at what concerns it.
struct ScriptedAction {
  const ActionKind* kind = &action_kinds().front();
  std::string name;  ///< of its requests; unique in the scenario
  models::Duration at{};
  std::string host;  ///< the request's; empty: the page's own
  std::string url;   ///< which cache entry it is; empty: one of its own
  std::string_view method = "GET";
  models::Duration service{};  ///< at the server
  FetchPriority priority = FetchPriority::automatic;
  bool keepalive = false;
  CacheMode cache = CacheMode::standard;
  bool storable = false;   ///< the answer's Cache-Control lets a browser store it
  bool preflight = false;  ///< CORS: permission is asked for first
  bool by_user = false;
  models::Deferral deferral = models::Deferral::none;
  models::Duration deferred{};

  // poll, long-poll
  models::Repeat timing = models::Repeat::set_interval;
  models::Duration interval = std::chrono::seconds(1);
  int times = 1;
  bool unique_url = false;

  // eventsource
  models::Duration ends_after{};  ///< 0: never
  StreamEnding ending = StreamEnding::clean_end;
  std::optional<models::Duration> retry;
  int first_status = 200;
  int later_status = 200;
  bool later_dropped = false;
  bool reconnect = true;

  std::string target;  ///< close: the name of what is closed
};

/// The request's kind follows from the action's and its priority; a GET takes the cache's lock
/// unless its cache mode goes past it. Numbers of names, flows and origins are the caller's.
models::Action compile(const ScriptedAction& action);

}  // namespace sixslots::scenarios
