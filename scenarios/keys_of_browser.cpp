#include "scenarios/key_tables.hpp"

namespace sixslots::scenarios {

namespace {

using models::BrowserProfile;
using models::EventSourcePolicy;
using models::WebSocketPolicy;

}  // namespace

std::span<const Key> keys_of_browser() {
  static const Key table[] = {
      {.path = "browser.profile",
       .field = browser_choice,
       .meaning = "The browser whose limits and priorities apply."},
      {.path = "browser.tabs",
       .field = world<&models::WorldSpec::tabs>,
       .range = {1, 1'000},
       .meaning = "Tabs of the page that one browser has open; they share its connections."},
      {.path = "browser.tab_interval",
       .field = world<&models::WorldSpec::tab_interval>,
       .range = any_duration,
       .meaning = "Time between the opening of one tab and that of the next."},

      {.path = "browser.connections_per_origin",
       .field = browser<&BrowserProfile::connections_per_origin>,
       .range = {1, 100'000},
       .meaning = "HTTP/1.1 connections to one origin: the six slots."},
      {.path = "browser.connections_total",
       .field = browser<&BrowserProfile::connections_total>,
       .range = {1, 1'000'000},
       .meaning = "HTTP connections of one browser to all origins together."},
      {.path = "browser.urgent_extra_connections",
       .field = browser<&BrowserProfile::urgent_extra_connections>,
       .range = {0, 100'000},
       .meaning = "Connections above the limit of an origin that only urgent requests may open."},
      {.path = "browser.user_gesture_is_urgent",
       .field = browser<&BrowserProfile::user_gesture_is_urgent>,
       .meaning = "Requests made inside a user's input event are urgent."},
      {.path = "browser.idle_connections_count",
       .field = browser<&BrowserProfile::idle_connections_count>,
       .meaning = "Idle connections count towards the limit of an origin."},
      {.path = "browser.backup_connect",
       .field = browser<&BrowserProfile::backup_connect>,
       .range = some_time,
       .word = "never",
       .meaning = "A connection attempt that takes longer is joined by a second one."},
      {.path = "browser.idle_timeout_unused",
       .field = browser<&BrowserProfile::idle_timeout_unused>,
       .range = some_time,
       .meaning = "An idle connection that never carried a request is closed after this."},
      {.path = "browser.idle_timeout_used",
       .field = browser<&BrowserProfile::idle_timeout_used>,
       .range = some_time,
       .meaning = "An idle connection that carried a request is closed after this."},
      {.path = "browser.partition",
       .field = named<partition_names, browser<&BrowserProfile::partition>>,
       .meaning = "What splits the connections to one origin into pools of their own."},

      {.path = "browser.http2_streams_default",
       .field = browser<&BrowserProfile::http2_streams_default>,
       .range = {1, 1'000'000},
       .meaning =
           "Streams of an HTTP/2 session until SETTINGS arrive, and when they state no limit."},
      {.path = "browser.http2_streams_cap",
       .field = browser<&BrowserProfile::http2_streams_cap>,
       .range = {1, 1'000'000},
       .word = "none",
       .meaning = "The most streams of a session, whatever limit the server states."},

      {.path = "browser.web_socket_own_pool",
       .field = browser<&BrowserProfile::web_socket, &WebSocketPolicy::own_pool>,
       .meaning = "WebSockets have a pool of their own; otherwise opening one needs a slot."},
      {.path = "browser.web_socket_limit",
       .field = browser<&BrowserProfile::web_socket, &WebSocketPolicy::limit>,
       .range = {1, 1'000'000},
       .meaning = "WebSockets open or connecting at once; one more fails."},
      {.path = "browser.web_socket_handshake_gap",
       .field = browser<&BrowserProfile::web_socket, &WebSocketPolicy::handshake_gap>,
       .range = any_duration,
       .meaning = "Pause between two WebSocket handshakes with one host."},
      {.path = "browser.web_socket_throttled",
       .field = browser<&BrowserProfile::web_socket, &WebSocketPolicy::throttled>,
       .meaning = "WebSocket handshakes are delayed more, the more of them are pending."},

      {.path = "browser.event_source_retry",
       .field = browser<&BrowserProfile::event_source, &EventSourcePolicy::retry>,
       .range = any_duration,
       .meaning =
           "Pause before an EventSource reconnects, unless the server sent a `retry:` field."},
      {.path = "browser.event_source_retry_floor",
       .field = browser<&BrowserProfile::event_source, &EventSourcePolicy::retry_floor>,
       .range = any_duration,
       .meaning = "A `retry:` field below this counts as this."},
      {.path = "browser.event_source_retries_reused",
       .field =
           browser<&BrowserProfile::event_source, &EventSourcePolicy::immediate_retries_reused>,
       .range = {0, 1'000},
       .meaning = "Immediate retries after a reused connection was dropped without an answer."},
      {.path = "browser.event_source_retries_fresh",
       .field = browser<&BrowserProfile::event_source, &EventSourcePolicy::immediate_retries_fresh>,
       .range = {0, 1'000},
       .meaning = "Immediate retries after a new connection was dropped without an answer."},

      {.path = "browser.cache_lock_timeout",
       .field = browser<&BrowserProfile::cache_lock_timeout>,
       .range = some_time,
       .word = "no lock",
       .meaning = "How long a GET waits for an identical one in flight before it is sent as well."},
      {.path = "browser.cache_lock_release",
       .field = named<cache_lock_names, browser<&BrowserProfile::cache_lock_release>>,
       .meaning = "Which of the waiting GETs go on when the answer arrives."},
      {.path = "browser.handling_time",
       .field = browser<&BrowserProfile::handling_time>,
       .range = any_duration,
       .meaning = "The browser's own work on each step of a request, one step after another."},
      {.path = "browser.hidden_timer_period",
       .field = browser<&BrowserProfile::hidden_timer_period>,
       .range = some_time,
       .word = "not slowed",
       .meaning = "JavaScript timers of a hidden tab fire at most once in this time."},
  };
  return table;
}

}  // namespace sixslots::scenarios
