#include <fmt/format.h>

#include <deque>

#include "scenarios/key_tables.hpp"
#include "scenarios/named_paths.hpp"

namespace sixslots::scenarios {

namespace {

using models::HopSpec;

/// The keys of a hop, wherever it stands.
template <auto Hop>
class HopKeys {
 public:
  /// In the sections of that name.
  explicit HopKeys(std::string_view section) : keys_(rows()) {
    for (Key& key : keys_) {
      key.path = names_.emplace_back(fmt::format("{}.{}", section, key.path));
    }
  }
  [[nodiscard]] std::span<const Key> keys() const { return keys_; }

 private:
  template <auto... Members>
  static constexpr auto at = +[](Scenario& s, std::size_t i) -> auto& {
    return (Hop(s, i).*....*Members);
  };
  static constexpr Choice kind =
      row_of<models::servers, &HopSpec::kind, at<>, Effect::presets_section>;

  static std::vector<Key> rows() {
    return {
        {.path = "kind",
         .field = kind,
         .meaning = "The server or proxy whose limits apply; the last hop is the app."},
        {.path = "protocol",
         .field = named<protocol_names, at<&HopSpec::protocol>>,
         .meaning = "Spoken with the hop before it; the first hop speaks it with the browser."},
        {.path = "tls",
         .field = named<tls_names, at<&HopSpec::tls>>,
         .meaning = "How connections to this hop are encrypted."},
        {.path = "max_concurrent_streams",
         .field = at<&HopSpec::max_concurrent_streams>,
         .range = {1, 1'000'000},
         .word = "none stated",
         .meaning = "Streams that the server allows on one connection, as its SETTINGS say."},
        {.path = "executing_streams",
         .field = at<&HopSpec::executing_streams>,
         .range = {1, 1'000'000},
         .word = "all",
         .meaning =
             "Streams of one HTTP/2 connection that are worked on at once; the others wait."},
        {.path = "connections_per_client",
         .field = at<&HopSpec::connections_per_client>,
         .range = {1, 1'000'000},
         .word = "unlimited",
         .meaning = "Connections that a browser opens to it, for all origins together."},
        {.path = "workers",
         .field = at<&HopSpec::workers>,
         .range = {1, 1'000'000},
         .word = "unlimited",
         .meaning = "Requests served at once; an open stream holds its worker."},
        {.path = "backlog",
         .field = at<&HopSpec::backlog>,
         .range = {1, 1'000'000},
         .word = "unlimited",
         .meaning =
             "Requests that may wait for a worker, or in a proxy for an upstream connection; "
             "one more is refused."},
        {.path = "refusal_status",
         .field = at<&HopSpec::refusal_status>,
         .range = {400, 599},
         .meaning = "The answer to what is refused for want of a worker or upstream connection."},
        {.path = "keep_alive",
         .field = at<&HopSpec::keep_alive>,
         .range = some_time,
         .word = "never",
         .meaning = "The server closes an HTTP/1.1 connection that has been idle for this long."},
        {.path = "service",
         .field = at<&HopSpec::service>,
         .range = any_duration,
         .meaning = "Time at a worker, for requests that do not state their own."},
        {.path = "rtt",
         .field = at<&HopSpec::rtt>,
         .range = any_duration,
         .meaning =
             "Round trip between the hop before it and this one; the first hop has the network's."},

        {.path = "connections",
         .field = at<&HopSpec::connections>,
         .range = {1, 1'000'000},
         .word = "unlimited",
         .meaning = "Of a proxy: client and upstream connections together, idle ones too. One more "
                    "of a browser is closed, and a request that needs one upstream gets a 500."},
        {.path = "connections_reserved",
         .field = at<&HopSpec::connections_reserved>,
         .range = {0, 1'000'000},
         .meaning = "Of a proxy: how many of these connections it needs for itself."},
        {.path = "upstream_connections",
         .field = at<&HopSpec::upstream_connections>,
         .range = {1, 1'000'000},
         .word = "unlimited",
         .meaning = "Of a proxy: connections to the hop behind it, each for one request at a time, "
                    "or for the streams that it allows where that hop speaks h2."},
        {.path = "upstream_requests",
         .field = at<&HopSpec::upstream_requests>,
         .range = {1, 1'000'000},
         .word = "unlimited",
         .meaning = "Of a proxy: requests under way to the hop behind it; one more is refused."},
        {.path = "upstream_held",
         .field = named<held_names, at<&HopSpec::upstream_held>>,
         .meaning = "Of a proxy: how long a request counts as one of these."},
        {.path = "upstream_keep_alive",
         .field = at<&HopSpec::upstream_keep_alive>,
         .range = {0, 1'000'000},
         .meaning = "Of a proxy: idle connections to the hop behind it that are kept for reuse."},
        {.path = "overflow",
         .field = named<overflow_names, at<&HopSpec::overflow>>,
         .meaning =
             "Of a proxy: what becomes of a request when all upstream connections are in use."},
        {.path = "status_when_down",
         .field = at<&HopSpec::status_when_down>,
         .range = {500, 599},
         .meaning = "Of a proxy: what it answers while the hop behind it is down."},
        {.path = "queue_timeout",
         .field = at<&HopSpec::queue_timeout>,
         .range = some_time,
         .word = "never",
         .meaning = "Of a proxy: a request that waited for this long is answered with 503."},
        {.path = "read_timeout",
         .field = at<&HopSpec::read_timeout>,
         .range = some_time,
         .word = "never",
         .meaning = "Of a proxy: it waits for this long for an answer, which it then gives itself "
                    "(504), and for this long in an answer that is silent, which it then cuts."},
        {.path = "response_timeout",
         .field = at<&HopSpec::response_timeout>,
         .range = some_time,
         .word = "never",
         .meaning =
             "A response may take so long as a whole: a proxy answers 504 or cuts it then, an "
             "app kills the worker."},
    };
  }

  std::vector<Key> keys_;
  std::deque<std::string> names_;  // stable addresses
};

}  // namespace

std::span<const Key> keys_of_hops() {
  static const HopKeys<hop<>> table("hop.N");
  return table.keys();
}

std::span<const Key> keys_of_named_hops() {
  static const HopKeys<named_hop<>> table("named_path.N.hop.N");
  return table.keys();
}

}  // namespace sixslots::scenarios
