#include <algorithm>

#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

namespace sixslots::models {
namespace {

using std::chrono::seconds;

/// Rows with an event stream each, and a click at 2 s, through nginx to PHP-FPM.
WorldSpec streams_to_php(int rows, Protocol protocol) {
  WorldSpec spec = testing::hand_world("stream-per-row", rows, protocol);
  HopSpec nginx = *find_server("nginx");
  nginx.protocol = protocol;
  nginx.tls = Tls::tls13;
  spec.hops = {nginx, *find_server("php-fpm")};
  return spec;
}

TEST_CASE("each hop counts what reaches it, what it holds and what waits") {
  const Observations seen = testing::simulate(streams_to_php(8, Protocol::http2));
  REQUIRE(seen.hops.size() == 2);
  const HopUse& nginx = seen.hops[0];
  const HopUse& php = seen.hops[1];
  CHECK(nginx.requests == 10);  // the document, eight streams, the click
  CHECK(nginx.connections_peak == 1);
  CHECK(nginx.busy_peak == 9);      // an upstream connection for each stream, and the click
  CHECK(nginx.sockets_peak == 12);  // these, the browser's, and the two of its own
  CHECK(php.requests == 10);
  CHECK(php.connections_peak == 9);
  CHECK(php.busy_peak == 5);
  CHECK(php.queue_peak == 4);
  CHECK(php.refused == 0);
  CHECK(seen.slots_peak == 9);
  CHECK(seen.slot_queue_peak == 0);
}

/// How long nginx's connection and PHP-FPM's worker are taken by a click of 40 ms, answered so far
/// away that the first byte is on its way for as long.
std::pair<double, double> busy_with_answer(Bytes size) {
  WorldSpec spec = streams_to_php(0, Protocol::http2);
  spec.requests[0].service = sim::Distribution::constant(std::chrono::milliseconds(40));
  spec.requests[0].response_size = size;
  spec.hops[1].service = sim::Distribution::constant(Duration(0));
  spec.hops[1].rtt = std::chrono::milliseconds(20);
  const Observations seen = testing::simulate(spec, seconds(10));
  return {seen.hops[0].busy_mean * 10.0, seen.hops[1].busy_mean * 10.0};
}

TEST_CASE("a worker is free when the answer is written, not when the browser has read it") {
  const auto [nginx, worker] = busy_with_answer(Bytes{87'040});
  // The page's document takes no time at the worker.
  CHECK(worker == Approx(0.040));
  // To the worker and back, each time on a new connection.
  CHECK(nginx == Approx(2 * (0.020 + 0.020) + 0.040));
  // What does not fit into the socket is held until it was read: half a round trip and more later.
  const auto [long_nginx, long_worker] = busy_with_answer(Bytes{87'041});
  CHECK(long_worker >= 0.040 + 0.010 + 0.040);
  CHECK(long_nginx >= 2 * 0.020 + 0.040 + 0.040);
}

TEST_CASE("a request of the very last moment is not made") {
  WorldSpec spec = testing::hand_world("polling", 0, Protocol::http1);
  spec.requests[0].arrivals.at = {seconds(2), seconds(10)};
  CHECK(testing::simulate(spec, seconds(10)).flows[0].count == 1);
  CHECK(testing::simulate(spec, seconds(10) + Duration(1)).flows[0].count == 2);
}

TEST_CASE("over HTTP/1.1 the browser lets six through and keeps the others") {
  const Observations seen = testing::simulate(streams_to_php(8, Protocol::http1));
  CHECK(seen.slots_peak == 6);
  CHECK(seen.slot_queue_peak == 3);  // two rows and the click
  CHECK(seen.hops[0].connections_peak == 6);
  CHECK(seen.hops[1].queue_peak == 1);
}

TEST_CASE("a WebSocket is a connection of the first hop, in a pool of its own or not") {
  for (const char* browser : {"chrome", "firefox"}) {
    INFO(browser);
    WorldSpec spec = streams_to_php(3, Protocol::http1);
    spec.browser = *find_browser(browser);
    spec.hops[1] = *find_server("node");
    spec.page.design = find_design("websocket-per-row");
    spec.requests.clear();
    const HopUse nginx = testing::simulate(spec).hops[0];
    CHECK(nginx.connections_peak == 4);      // and the document's
    CHECK(nginx.sockets_peak == 3 + 2 + 4);  // upstream, its own two, and from the browser
  }
}

TEST_CASE("WebSockets above the browser's limit are never opened") {
  WorldSpec spec = testing::hand_world("websocket-per-row", 260, Protocol::http1);
  spec.requests.clear();
  CHECK(testing::simulate(spec, seconds(150)).streams_never_opened == 5);
}

TEST_CASE(
    "event streams that are refused at first are never opened, and not those that come back") {
  WorldSpec spec = testing::hand_world("stream-per-row", 6, Protocol::http2);
  HopSpec proxy = *find_server("haproxy");
  proxy.protocol = Protocol::http2;
  proxy.upstream_connections = 4;
  proxy.queue_timeout = seconds(2);
  spec.hops = {proxy, *find_server("node")};
  spec.requests.clear();
  const Observations seen = testing::simulate(spec);
  CHECK(seen.streams_opened == 4);
  CHECK(seen.streams_given_up == 2);
  CHECK(seen.streams_never_opened == 2);
  spec.hops[0].upstream_connections = 0;
  spec.events = {{.at = seconds(5), .lasts = seconds(9), .hop = 1}};
  const Observations restarted = testing::simulate(spec);
  CHECK(restarted.streams_given_up == 6);
  CHECK(restarted.streams_never_opened == 0);
}

TEST_CASE("a page whose document is refused has failed, before the end of the warm-up as well") {
  WorldSpec spec = streams_to_php(1, Protocol::http1);
  spec.hops[0].connections = spec.hops[0].connections_reserved;
  RunSpec run;
  run.duration = seconds(20);
  run.warm_up = seconds(10);
  CHECK(models::run(spec, run).pages_failed == 1);
}

TEST_CASE("a refused request is counted where it was refused") {
  WorldSpec spec = streams_to_php(8, Protocol::http2);
  spec.hops[1].backlog = 1;
  const Observations seen = testing::simulate(spec);
  CHECK(seen.hops[0].refused == 0);
  CHECK(seen.hops[1].refused == 3);  // of eight streams five are served and one waits; the click
  CHECK(seen.hops[1].queue_peak == 1);
}

TEST_CASE("a second proxy counts the connections of the first, not those of the browsers") {
  WorldSpec spec = streams_to_php(8, Protocol::http2);
  spec.hops.insert(spec.hops.begin() + 1, *find_server("nginx"));
  spec.requests.clear();
  spec.hops[1].connections = 8 + 2 + 8;  // eight streams on both sides, and its own two
  CHECK(testing::simulate(spec).hops[1].refused == 0);
  --spec.hops[1].connections;
  CHECK(testing::simulate(spec).hops[1].refused == 1);
}

TEST_CASE("what a hop did before the end of the warm-up is forgotten, what it holds is not") {
  WorldSpec spec = streams_to_php(3, Protocol::http2);
  RunSpec run;
  run.duration = seconds(20);
  run.warm_up = seconds(10);
  run.random = {1, 0};
  const Observations seen = models::run(spec, run);
  CHECK(seen.hops[1].requests == 0);
  CHECK(seen.hops[1].busy_peak == 3);
  CHECK(seen.hops[1].busy_mean == 3.0);
  CHECK(seen.slots_peak == 3);
  CHECK(seen.hops[0].sockets_peak == 3 + 2 + 1);  // upstream, its own two, and the browser's
}

TEST_CASE("who waits at the end of the warm-up still does") {
  RunSpec run;
  run.duration = seconds(20);
  run.warm_up = seconds(10);
  const Observations slots = models::run(streams_to_php(8, Protocol::http1), run);
  CHECK(slots.slots_peak == 6);
  CHECK(slots.slot_queue_peak == 3);  // two rows and the click
  WorldSpec spec = testing::hand_world("stream-per-row", 25, Protocol::http2);
  spec.hops = {*find_server("tomcat")};
  spec.hops[0].protocol = Protocol::http2;
  const HopUse turns = models::run(spec, run).hops[0];
  CHECK(turns.executing_peak == 20);
  CHECK(turns.executing_queue_peak == 5 + 1);
}

/// Users who come a second apart, to an nginx with so many connections besides those of its own.
WorldSpec users_of_nginx(std::string_view design, int users, int connections, Protocol protocol) {
  WorldSpec spec = testing::hand_world(design, design == "polling" ? 0 : 1, protocol);
  HopSpec nginx = *find_server("nginx");
  nginx.protocol = protocol;
  nginx.connections = nginx.connections_reserved + connections;
  spec.hops.insert(spec.hops.begin(), nginx);
  spec.requests.clear();
  spec.fleet.users = users;
  spec.fleet.arrive_within = seconds(users);
  return spec;
}

TEST_CASE("a proxy whose connections are used up takes no more browsers") {
  const Observations seen =
      testing::simulate(users_of_nginx("stream-per-row", 8, 10, Protocol::http1));
  const HopUse& nginx = seen.hops[0];
  CHECK(nginx.sockets_peak == 2 + 5 + 5);  // its own, and five streams on both sides
  CHECK(nginx.connections_peak == 5);
  CHECK(nginx.refused == 3);
  CHECK(seen.pages_failed == 3);
}

TEST_CASE("before it refuses one it closes a connection that is idle") {
  for (const Protocol protocol : {Protocol::http1, Protocol::http2}) {
    const Observations seen = testing::simulate(users_of_nginx("polling", 4, 2, protocol));
    CHECK(seen.hops[0].refused == 0);
    CHECK(seen.hops[0].sockets_peak == 2 + 2);
    CHECK(seen.pages_failed == 0);
  }
}

TEST_CASE("a proxy answers for one behind it that has no room for its connection") {
  WorldSpec spec = streams_to_php(3, Protocol::http2);
  spec.hops.insert(spec.hops.begin() + 1, *find_server("nginx"));
  spec.requests.clear();
  spec.hops[1].connections = 2 + 2;  // its own, and two: none is left for the hop behind
  const Observations seen = testing::simulate(spec);
  const auto answered_with = [&](int status) {
    return std::ranges::count(seen.records, status, &RequestRecord::status);
  };
  CHECK(answered_with(502) == 1);
  CHECK(answered_with(500) == 2);
  CHECK(seen.hops[0].refused == 0);
  CHECK(seen.hops[1].refused == 3);
  CHECK(seen.hops[1].sockets_peak == 2 + 2);
  CHECK(seen.hops[1].connections_peak == 2);
}

}  // namespace
}  // namespace sixslots::models
