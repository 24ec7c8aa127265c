#pragma once

#include <span>
#include <string_view>

#include "models/request_kind.hpp"
#include "models/units.hpp"

namespace sixslots::models {

/// Who shares a pool group besides origin and browser context.
enum class PoolPartition : std::uint8_t { none, top_level_site };

/// What happens to requests that wait for the cache lock of one URL when its holder's answer
/// arrives.
enum class CacheLockRelease : std::uint8_t {
  one_at_a_time,  ///< the next waiter becomes the holder, whatever the answer's Cache-Control says
  all_if_no_store,  ///< an answer that may not be stored lets every waiter go; else one at a time
};

/// How a browser opens WebSockets.
struct WebSocketPolicy {
  bool own_pool = true;  ///< false: the handshake needs a slot of the HTTP/1.1 group
  int limit = 255;  ///< sockets open or connecting: per origin and context; one more fails at once
  Duration
      handshake_gap{};     ///< pause between one handshake's end and the next one's start, per host
  bool throttled = false;  ///< Chromium's delay that grows with the number of pending handshakes
};

/// How a browser reconnects event streams.
struct EventSourcePolicy {
  Duration retry =
      std::chrono::seconds(3);  ///< delay before reconnecting, without a `retry:` field
  Duration retry_floor{};       ///< a `retry:` field below this counts as this
  int immediate_retries_reused =
      0;  ///< at once, when a reused connection was dropped without an answer
  int immediate_retries_fresh = 0;  ///< the same for a fresh connection
};

/// What a request costs the browser itself. All 0: a browser that is never busy.
struct ProcessorTime {
  Duration call{};   ///< the page's JavaScript call, or the task in which an event source connects
  Duration start{};  ///< the network process takes a request up, before it waits for a slot
  Duration wake{};   ///< until a process that waited runs again, before a request is written
                     ///< and when its answer comes; it keeps nothing else waiting
  Duration receive{};     ///< the page takes an answer, or opens a stream
  Duration timer{};       ///< the page sets a timer, or runs the task that one calls
  Duration first_call{};  ///< more for the first call of a tab's script
  Duration first_send{};  ///< more for its first request
  Duration secure{};      ///< keys and certificate of a new TLS connection, on other processors
};

/// A browser as data. Each constant's source stands beside its value in profile.cpp.
struct BrowserProfile {
  std::string_view name;     ///< as in `[browser] profile = "..."`
  std::string_view summary;  ///< one line for `sixslots list browsers`

  int connections_per_origin = 6;  ///< HTTP/1.1 connections of a pool group
  int connections_total = 256;     ///< HTTP connections of a browser context
  int urgent_extra_connections =
      0;  ///< connections above the group's limit for user-initiated requests
  bool idle_connections_count = true;  ///< idle connections count towards the group's limit
  Duration backup_connect =
      std::chrono::milliseconds(250);  ///< a second attempt when the first is slow; 0: never
  Duration idle_timeout_unused =
      std::chrono::seconds(60);  ///< for a connection that never carried a request
  Duration idle_timeout_used = std::chrono::seconds(300);
  PoolPartition partition = PoolPartition::none;
  PriorityTable http1_priority{};
  PriorityTable http2_priority{};

  int http2_streams_default = 100;  ///< until SETTINGS arrive, and when they state no limit
  int http2_streams_cap = 0;        ///< the client's own ceiling; 0: none
  WebSocketPolicy web_socket;
  EventSourcePolicy event_source;
  Duration cache_lock_timeout = std::chrono::seconds(20);  ///< 0: the browser has no cache lock
  CacheLockRelease cache_lock_release = CacheLockRelease::one_at_a_time;
  Duration hidden_timer_period = std::chrono::seconds(
      1);  ///< JavaScript timers of a hidden tab fire at most this often; 0: not slowed
  Duration hidden_timer_patience =
      std::chrono::minutes(5);  ///< after so long in hiding they fire even less often
  Duration hidden_timer_period_late = std::chrono::minutes(1);
  ProcessorTime processor_time;
  bool user_gesture_is_urgent = false;  ///< requests made in a trusted event's handler are urgent
};

/// Where a constant of a profile comes from.
struct ProfileSource {
  std::string_view profile;
  std::string_view constant;
  std::string_view source;
};

/// All known browsers, the default first.
std::span<const BrowserProfile> browser_profiles();

/// Sources of the profiles' constants.
std::span<const ProfileSource> profile_sources();

/// The profile of that name, or nullptr.
const BrowserProfile* find_browser(std::string_view name);

}  // namespace sixslots::models
