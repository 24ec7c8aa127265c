#include "scenarios/key_tables.hpp"

namespace sixslots::scenarios {

namespace {

using models::HopSpec;
using models::NetworkPath;

}  // namespace

std::span<const Key> keys_of_path() {
  static const Key table[] = {
      {.path = "network.profile",
       .field = network_choice,
       .meaning = "The way between the browser and the first hop."},
      {.path = "network.rtt",
       .field = network<&NetworkPath::rtt>,
       .range = any_duration,
       .meaning = "Round trip between the browser and the first hop, without queueing."},
      {.path = "network.down",
       .field = network<&NetworkPath::down>,
       .range = any_bit_rate,
       .meaning = "Rate towards the browser, shared by all of its transfers."},
      {.path = "network.up",
       .field = network<&NetworkPath::up>,
       .range = any_bit_rate,
       .meaning = "Rate from the browser, shared by all of its transfers."},
      {.path = "network.dns",
       .field = network<&NetworkPath::dns>,
       .range = any_duration,
       .meaning = "Look-up of a host name that is not cached."},

      {.path = "hop.N.kind",
       .field = hop_choice,
       .meaning = "The server or proxy whose limits apply; the last hop is the app."},
      {.path = "hop.N.protocol",
       .field = named<protocol_names, hop<&HopSpec::protocol>>,
       .meaning = "Spoken with the hop before it; the first hop speaks it with the browser."},
      {.path = "hop.N.tls",
       .field = named<tls_names, hop<&HopSpec::tls>>,
       .meaning = "How connections to this hop are encrypted."},
      {.path = "hop.N.max_concurrent_streams",
       .field = hop<&HopSpec::max_concurrent_streams>,
       .range = {1, 1'000'000},
       .word = "none stated",
       .meaning = "Streams that the server allows on one connection, as its SETTINGS say."},
      {.path = "hop.N.workers",
       .field = hop<&HopSpec::workers>,
       .range = {1, 1'000'000},
       .word = "unlimited",
       .meaning = "Requests served at once; an open stream holds its worker."},
      {.path = "hop.N.backlog",
       .field = hop<&HopSpec::backlog>,
       .range = {1, 1'000'000},
       .word = "unlimited",
       .meaning = "Requests that may wait for a worker; one more is answered with 503."},
      {.path = "hop.N.keep_alive",
       .field = hop<&HopSpec::keep_alive>,
       .range = some_time,
       .word = "never",
       .meaning = "The server closes an HTTP/1.1 connection that has been idle for this long."},
      {.path = "hop.N.service",
       .field = hop<&HopSpec::service>,
       .range = any_duration,
       .meaning = "Time at a worker, for requests that do not state their own."},
      {.path = "hop.N.rtt",
       .field = hop<&HopSpec::rtt>,
       .range = any_duration,
       .meaning =
           "Round trip between the hop before it and this one; the first hop has the network's."},

      {.path = "hop.N.connections",
       .field = hop<&HopSpec::connections>,
       .range = {1, 1'000'000},
       .word = "unlimited",
       .meaning =
           "Of a proxy: client and upstream connections together; one more is answered with 500."},
      {.path = "hop.N.connections_reserved",
       .field = hop<&HopSpec::connections_reserved>,
       .range = {0, 1'000'000},
       .meaning = "Of a proxy: how many of these connections it needs for itself."},
      {.path = "hop.N.upstream_connections",
       .field = hop<&HopSpec::upstream_connections>,
       .range = {1, 1'000'000},
       .word = "unlimited",
       .meaning = "Of a proxy: connections to the hop behind it, each for one request at a time."},
      {.path = "hop.N.upstream_keep_alive",
       .field = hop<&HopSpec::upstream_keep_alive>,
       .range = {0, 1'000'000},
       .meaning = "Of a proxy: idle connections to the hop behind it that are kept for reuse."},
      {.path = "hop.N.overflow",
       .field = named<overflow_names, hop<&HopSpec::overflow>>,
       .meaning =
           "Of a proxy: what becomes of a request when all upstream connections are in use."},
      {.path = "hop.N.status_when_down",
       .field = hop<&HopSpec::status_when_down>,
       .range = {500, 599},
       .meaning = "Of a proxy: what it answers while the hop behind it is down."},
      {.path = "hop.N.queue_timeout",
       .field = hop<&HopSpec::queue_timeout>,
       .range = some_time,
       .word = "never",
       .meaning = "Of a proxy: a request that waited for this long is answered with 503."},
  };
  return table;
}

}  // namespace sixslots::scenarios
