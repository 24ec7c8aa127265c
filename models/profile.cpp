#include "models/profile.hpp"

#include <array>

namespace sixslots::models {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using K = RequestKind;

constexpr PriorityTable same_for_all() { return {}; }

// Chromium's net priorities (HIGHEST, MEDIUM, LOWEST, IDLE) as measured in Chromium 156 by queueing
// one request of each kind behind a full pool: web.dev "fetch priority" table for the mapping,
// net/socket/transport_client_socket_pool.cc for "strict priority, FIFO inside".
constexpr PriorityTable chromium_http1() {
  PriorityTable table{};
  for (K kind : {K::xhr, K::fetch, K::fetch_high, K::fetch_keepalive, K::event_source,
                 K::image_high, K::image_in_document}) {
    table[index(kind)] = 1;
  }
  for (K kind : {K::fetch_low, K::image, K::script}) table[index(kind)] = 2;
  table[index(K::beacon)] = 3;
  return table;
}

// The same, but an image is not boosted when layout finds it in view: only the socket pool
// re-orders what waits (Chromium 156, measured at a stream limit of 6).
constexpr PriorityTable chromium_http2() {
  PriorityTable table = chromium_http1();
  table[index(K::image_in_document)] = 2;
  return table;
}

// Firefox ESR 153, measured like Chromium; nsHttpConnectionMgr.cpp keeps the pending queue sorted
// by priority. Document loads are urgent-start and have a queue of their own.
constexpr PriorityTable firefox_http1() {
  PriorityTable table{};
  for (K kind : {K::fetch_high, K::image_high}) table[index(kind)] = 1;
  for (K kind : {K::fetch, K::event_source, K::iframe, K::web_socket}) table[index(kind)] = 2;
  for (K kind : {K::fetch_low, K::image, K::image_in_document}) table[index(kind)] = 3;
  table[index(K::beacon)] = 4;
  table[index(K::fetch_keepalive)] = 5;
  return table;
}

constexpr BrowserProfile chrome() {
  BrowserProfile p;
  p.name = "chrome";
  p.summary = "Chrome and Chromium 156 on the desktop; Edge and Opera behave alike";
  p.connections_per_origin = 6;  // net/socket/client_socket_pool_manager.cc g_max_sockets_per_group
  p.connections_total = 256;     // the same, g_max_sockets_per_pool
  p.backup_connect = milliseconds(250);  // transport_client_socket_pool.h ConnectRetryIntervalMs
  p.idle_timeout_unused = seconds(60);   // client_socket_pool_manager.cc
  p.idle_timeout_used = seconds(300);    // client_socket_pool.cc g_used_idle_socket_timeout_s
  p.partition = PoolPartition::top_level_site;  // measured in full Chromium 156
  p.http1_priority = chromium_http1();
  p.http2_priority = chromium_http2();
  p.http2_streams_default = 100;  // net/spdy/spdy_session.h
  p.http2_streams_cap = 256;      // net/spdy/spdy_session.cc kMaxConcurrentStreamLimit
  p.web_socket = {.own_pool = true,
                  .limit = 255,  // client_socket_pool_manager.cc, WEBSOCKET_SOCKET_POOL
                  .handshake_gap = milliseconds(10),  // websocket_endpoint_lock_manager.cc
                  .throttled = true};                 // services/network/websocket_throttler.cc
  p.event_source = {.retry = seconds(3),              // event_source.cc kDefaultReconnectDelay
                    .retry_floor = {},
                    .immediate_retries_reused = 1,  // measured
                    .immediate_retries_fresh = 0};
  p.cache_lock_timeout = seconds(20);  // http_cache_transaction.cc AddCacheLockTimeoutHandler
  p.cache_lock_release = CacheLockRelease::one_at_a_time;
  p.hidden_timer_period = seconds(1);                 // chromestatus 4718288976216064, measured
  p.hidden_timer_patience = std::chrono::minutes(5);  // chromestatus 4718288976216064, for chains
  p.hidden_timer_period_late = std::chrono::minutes(1);  // of timers, as of polls
  return p;
}

// The headless shell: the same network stack with one pool for all top-level sites, and no notion
// of a hidden tab (measured).
constexpr BrowserProfile chromium_headless_shell() {
  BrowserProfile p = chrome();
  p.name = "chromium-headless-shell";
  p.summary = "Chromium's headless shell: pools not split by site, hidden tabs not slowed";
  p.partition = PoolPartition::none;
  p.hidden_timer_period = {};
  return p;
}

constexpr BrowserProfile firefox() {
  BrowserProfile p;
  p.name = "firefox";
  p.summary = "Firefox ESR 153 on the desktop: three more connections for real clicks";
  p.connections_per_origin = 6;      // all.js network.http.max-persistent-connections-per-server
  p.connections_total = 900;         // all.js network.http.max-connections
  p.urgent_extra_connections = 3;    // all.js ...max-urgent-start-excessive-connections-per-host
  p.idle_connections_count = false;  // ConnectionEntry.cpp: only active and connecting ones do
  p.backup_connect = milliseconds(250);  // all.js network.http.connection-retry-timeout
  p.idle_timeout_unused = seconds(115);  // all.js network.http.keep-alive.timeout
  p.idle_timeout_used = seconds(115);
  p.http1_priority = firefox_http1();
  p.http2_priority = same_for_all();  // measured: first come first served
  p.http2_streams_default = 100;      // all.js network.http.http2.default-concurrent
  p.http2_streams_cap = 0;
  p.web_socket = {.own_pool = false,
                  .limit = 200,  // all.js network.websocket.max-connections
                  .handshake_gap = {},
                  .throttled = false};
  p.event_source = {.retry = seconds(5),  // all.js dom.server-events.default-reconnection-time
                    .retry_floor = milliseconds(500),  // dom/base/EventSource.cpp, measured
                    .immediate_retries_reused = 9,     // measured: ten tries in a round
                    .immediate_retries_fresh = 9};
  p.cache_lock_timeout = seconds(20);  // measured
  p.cache_lock_release = CacheLockRelease::all_if_no_store;
  p.hidden_timer_period = seconds(1);
  p.hidden_timer_period_late = seconds(1);  // a budget that is not modelled
  p.user_gesture_is_urgent = true;          // nsHttpChannel: UserActivation::IsHandlingUserInput
  return p;
}

constexpr BrowserProfile safari() {
  BrowserProfile p;
  p.name = "safari";
  p.summary = "Safari: six per origin is sure, the rest of its closed network stack is assumed";
  p.connections_per_origin = 6;         // developer.apple.com httpMaximumConnectionsPerHost
  p.connections_total = 256;            // not published; assumed as Chrome's
  p.http1_priority = chromium_http1();  // ResourceLoadPriority levels; order assumed as Chrome's
  p.http2_priority = chromium_http1();
  p.web_socket = {.own_pool = true, .limit = 255, .handshake_gap = {}, .throttled = false};
  p.event_source.retry = seconds(3);  // WebKit EventSource.cpp
  p.cache_lock_timeout = {};          // none known
  p.hidden_timer_period_late = p.hidden_timer_period;
  return p;
}

constexpr BrowserProfile historic(std::string_view name, std::string_view summary, int per_origin) {
  BrowserProfile p = safari();
  p.name = name;
  p.summary = summary;
  p.connections_per_origin = per_origin;  // stackoverflow.com/questions/985431 and Browserscope
  p.web_socket.own_pool = true;
  return p;
}

constexpr std::array profiles = {
    chrome(),
    chromium_headless_shell(),
    firefox(),
    safari(),
    historic("rfc2616", "the two connections that RFC 2616 section 8.1.4 asked for (1999)", 2),
    historic("ie6", "Internet Explorer 6 and 7: two per origin", 2),
    historic("ie8", "Internet Explorer 8 and 9: six per origin", 6),
    historic("ie10", "Internet Explorer 10: eight per origin", 8),
    historic("ie11", "Internet Explorer 11: thirteen per origin (sources disagree: 8 or 13)", 13),
    historic("firefox2", "Firefox 2: two per origin", 2),
    historic("firefox3", "Firefox 3 and later, before urgent-start: six per origin", 6),
    historic("safari3", "Safari 3 and 4: four per origin", 4),
    historic("opera9", "Opera 9: four per origin", 4),
    historic("opera10", "Opera 10: eight per origin", 8),
    historic("chrome3", "Chrome 3: four per origin", 4),
    historic("iphone4", "iPhone in the days of iOS 4: four per origin", 4),
};

constexpr std::array sources = {
    ProfileSource{"chrome", "connections_per_origin",
                  "Chromium net/socket/client_socket_pool_manager.cc; measured in Chromium 156"},
    ProfileSource{
        "chrome", "connections_total",
        "Chromium net/socket/client_socket_pool_manager.cc (a soft cap under a field trial)"},
    ProfileSource{"chrome", "backup_connect",
                  "Chromium net/socket/transport_client_socket_pool.cc; measured in Chromium 156"},
    ProfileSource{"chrome", "idle_timeout_unused",
                  "Chromium net/socket/client_socket_pool_manager.cc unused_idle_socket_timeout"},
    ProfileSource{"chrome", "idle_timeout_used",
                  "Chromium net/socket/client_socket_pool.cc g_used_idle_socket_timeout_s"},
    ProfileSource{"chrome", "http2_streams_default", "Chromium net/spdy/spdy_session.h"},
    ProfileSource{"chrome", "http2_streams_cap",
                  "Chromium net/spdy/spdy_session.cc kMaxConcurrentStreamLimit; measured"},
    ProfileSource{"chrome", "web_socket",
                  "Chromium net/socket/websocket_endpoint_lock_manager.cc, "
                  "services/network/websocket_throttler.cc; measured"},
    ProfileSource{
        "chrome", "event_source",
        "Chromium third_party/blink/renderer/modules/eventsource/event_source.cc; measured"},
    ProfileSource{"chrome", "cache_lock_timeout",
                  "Chromium net/http/http_cache_transaction.cc; measured"},
    ProfileSource{"firefox", "connections_per_origin",
                  "Firefox modules/libpref/init/all.js; measured in Firefox ESR 153"},
    ProfileSource{"firefox", "urgent_extra_connections",
                  "Firefox modules/libpref/init/all.js; measured with trusted clicks"},
    ProfileSource{"firefox", "connections_total", "Firefox modules/libpref/init/all.js"},
    ProfileSource{"firefox", "backup_connect", "Firefox modules/libpref/init/all.js"},
    ProfileSource{"firefox", "idle_timeout_used", "Firefox modules/libpref/init/all.js"},
    ProfileSource{"firefox", "http2_streams_default", "Firefox modules/libpref/init/all.js"},
    ProfileSource{"firefox", "web_socket",
                  "Firefox modules/libpref/init/all.js, nsHttpConnectionMgr.cpp; measured"},
    ProfileSource{"firefox", "event_source", "Firefox dom/base/EventSource.cpp; measured"},
    ProfileSource{"firefox", "cache_lock_timeout", "measured in Firefox ESR 153"},
    ProfileSource{"safari", "connections_per_origin",
                  "developer.apple.com URLSessionConfiguration httpMaximumConnectionsPerHost"},
    ProfileSource{"safari", "event_source", "WebKit Source/WebCore/page/EventSource.cpp"},
};

}  // namespace

std::span<const BrowserProfile> browser_profiles() { return profiles; }

std::span<const ProfileSource> profile_sources() { return sources; }

const BrowserProfile* find_browser(std::string_view name) {
  for (const BrowserProfile& profile : profiles) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

}  // namespace sixslots::models
