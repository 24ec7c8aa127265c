#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "models/protocol.hpp"
#include "models/units.hpp"
#include "sim/distribution.hpp"

namespace sixslots::models {

/// How TLS is set up on a hop's connections.
enum class Tls : std::uint8_t {
  none,
  tls13,          ///< one round trip after TCP
  tls12,          ///< two round trips
  tls12_resumed,  ///< one round trip
};

/// What a proxy does with a request when its upstream connections are all in use.
enum class Overflow : std::uint8_t {
  refuse,  ///< answers at once (502, nginx max_conns: no queue in the open-source version)
  queue,   ///< keeps it in a queue, first come first served, until `queue_timeout`; then 503
           ///< (HAProxy)
};

/// How long a request counts towards a proxy's upstream connections.
enum class Held : std::uint8_t {
  until_end,      ///< of the response body: an event stream for as long as it lives
  until_headers,  ///< of the response
};

/// One machine on the path, and its limits. Zero means "no limit" throughout.
struct HopSpec {
  std::string_view kind;  ///< a row of servers(): "node", "nginx", "php-fpm", ...
  std::string_view summary;
  std::string_view source;  ///< where the defaults come from
  Protocol protocol =
      Protocol::http1;     ///< spoken with the hop before it (the browser, for the first)
  std::optional<Tls> tls;  ///< unset: TLS 1.3 for HTTP/2 and HTTP/3, none for HTTP/1.1
  std::optional<int> max_concurrent_streams;  ///< HTTP/2 SETTINGS; unset: the server states none
  int executing_streams = 0;       ///< of one HTTP/2 connection; the others wait (Tomcat); 0: all
  int connections_per_client = 0;  ///< a client's, to all origins behind it (a forward proxy)
  int workers = 0;  ///< requests served at once; an open stream holds its worker; 0: unlimited
  int backlog = 0;  ///< requests that may wait for a worker, or for an upstream connection where
                    ///< `overflow` is queue; one more is refused; 0: unlimited
  Duration
      keep_alive{};  ///< an idle HTTP/1.1 connection is closed by the server after this; 0: never
  sim::Distribution service = sim::Distribution::constant(
      std::chrono::milliseconds(0));  ///< time at a worker, for requests without their own
  Duration rtt{};  ///< round trip between the hop before it and this one; unused for the first

  // Of a proxy, towards the hop behind it:
  int connections = 0;  ///< client and upstream connections together, idle ones too; one more of a
                        ///< browser is closed, and a request without one upstream gets a 500
  int connections_reserved = 0;  ///< of those, what the server needs for itself
  int upstream_connections = 0;  ///< what happens above says `overflow`; each carries one request,
                                 ///< or the streams that an HTTP/2 hop behind it allows
  int upstream_requests = 0;     ///< under way to the hop behind it; one more is refused (Envoy)
  Held upstream_held = Held::until_end;
  int upstream_keep_alive = 0;  ///< idle upstream connections kept; here 0 means none
  Overflow overflow = Overflow::refuse;
  int refusal_status = 503;     ///< of what is refused for want of a worker or upstream connection
  int status_when_down = 502;   ///< its answer while the hop behind it refuses connections
  Duration queue_timeout{};     ///< 0: never
  Duration read_timeout{};      ///< a response that is silent for this long is cut; 0: never
  Duration response_timeout{};  ///< the same for a response as a whole; an app kills the worker
};

/// How many requests a connection to it carries at once: one over HTTP/1.1, and 100 where an HTTP/2
/// hop states no limit, as browsers assume.
int requests_on_a_connection(const HopSpec& hop);

/// Round trips of a TLS handshake with it, after TCP is connected. QUIC sets up transport and TLS
/// in the one round trip that TCP takes alone (RFC 9001).
int tls_round_trips(const HopSpec& hop);

/// Where a server's constant comes from.
struct ServerSource {
  std::string_view kind;
  std::string_view key;  ///< as in `[[hop]]`
  std::string_view source;
};

/// Sources of the constants in which a server differs from one without limits.
std::span<const ServerSource> server_sources();

/// All known servers and proxies.
std::span<const HopSpec> servers();

/// The server of that name, or nullptr.
const HopSpec* find_server(std::string_view name);

}  // namespace sixslots::models
