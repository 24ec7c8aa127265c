#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

using namespace std::chrono_literals;
using namespace sixslots;
using namespace sixslots::models;
using namespace sixslots::models::testing;

namespace {

constexpr Time at(Duration since_start) { return sim::start_of_time + since_start; }

/// A click at 2 s that takes so long, through a proxy to an app.
WorldSpec slow_click(std::string_view proxy, std::string_view app, Duration service) {
  WorldSpec spec = hand_world("polling", 0, Protocol::http2);
  spec.page.design = find_design("single-stream");
  spec.hops = {*find_server(proxy), *find_server(app)};
  spec.hops[0].protocol = Protocol::http2;
  spec.hops[1].service = sim::Distribution::constant(0s);
  spec.page.heartbeat = 5s;
  spec.requests[0].service = sim::Distribution::constant(service);
  return spec;
}

/// A row that is kept current by gunicorn, and never silent; nobody clicks.
WorldSpec row_at_gunicorn(std::string_view design) {
  WorldSpec spec = hand_world(design, 1, Protocol::http1);
  spec.hops = {*find_server("gunicorn")};
  spec.hops[0].service = sim::Distribution::constant(0s);
  spec.page.heartbeat = 5s;
  spec.requests.clear();
  return spec;
}

}  // namespace

TEST_CASE("a proxy waits for the head of an answer as long as its timeout says, and answers 504") {
  struct Case {
    std::string_view proxy;
    Duration patience;
  };
  for (const Case& one : {Case{"nginx", 60s}, Case{"aws-alb", 60s}, Case{"apache", 60s},
                          Case{"envoy", 15s}, Case{"cloudflare", 120s}}) {
    INFO(one.proxy);
    const Observations in_time = simulate(slow_click(one.proxy, "node", one.patience - 1ms), 200s);
    CHECK(click_of(in_time).status == 200);
    const Observations late = simulate(slow_click(one.proxy, "node", one.patience + 1ms), 200s);
    CHECK(click_of(late).status == 504);
    CHECK(click_of(late).finished == at(2s + 40ms + one.patience + 40ms));
    CHECK(late.hops[0].cut >= 1);
    CHECK(late.flows[0].failed == 1);
  }
}

TEST_CASE("the wait for a worker counts: an event stream is told 504, and is closed for good") {
  WorldSpec spec = slow_click("nginx", "php-fpm", 0s);
  spec.page.design = find_design("stream-per-row");
  spec.page.rows = 8;
  const Observations seen = simulate(spec, 80s);
  CHECK(seen.streams_opened == 5);
  CHECK(seen.streams_given_up == 3);
  CHECK(click_of(seen).status == 504);
  CHECK(seen.hops[0].cut == 4);
  CHECK(seen.hops[1].queue_peak == 4);
}

TEST_CASE("gunicorn kills a synchronous worker after thirty seconds, whatever it streams") {
  const Observations seen = simulate(row_at_gunicorn("single-stream"), 70s);
  CHECK(seen.reconnects == 2);  // after 30 s and 3 s, twice
  CHECK(seen.hops[0].cut == 2);
  CHECK(find_server("gunicorn-async")->response_timeout == 0s);
}

TEST_CASE("gunicorn kills the worker of a WebSocket as well") {
  WorldSpec spec = row_at_gunicorn("websocket");
  const Observations seen = simulate(spec, 40s);
  CHECK(seen.streams_lost == 1);
  CHECK(seen.hops[0].cut == 1);
  spec.hops = {*find_server("gunicorn-async")};
  CHECK(simulate(spec, 40s).streams_lost == 0);
}

TEST_CASE("a click at a worker that is killed gets the proxy's 502, or no answer") {
  WorldSpec spec = slow_click("nginx", "gunicorn", 40s);
  spec.page.design = find_design("polling");
  const Observations seen = simulate(spec, 100s);
  CHECK(click_of(seen).status == 502);
  CHECK(seen.hops[1].cut == 1);
  spec.hops.erase(spec.hops.begin());
  spec.hops[0].protocol = Protocol::http1;
  const Observations direct = simulate(spec, 100s);
  CHECK(click_of(direct).outcome == Outcome::failed);
}

TEST_CASE("a long poll that is held for longer than the proxy waits is cut") {
  WorldSpec spec = slow_click("envoy", "node", 0s);
  spec.page.design = find_design("long-poll");
  spec.page.rows = 1;
  spec.page.long_poll_timeout = 30s;
  CHECK(simulate(spec, 100s).hops[0].cut == 6);  // every 15 s, asked again at once
  spec.page.long_poll_timeout = 10s;
  CHECK(simulate(spec, 100s).hops[0].cut == 0);
}

TEST_CASE("over HTTP/2 between hops one connection carries what the hop behind allows") {
  WorldSpec spec = hand_world("stream-per-row", 20, Protocol::http2);
  spec.hops = {*find_server("nginx-1.29.7"), *find_server("go")};
  spec.hops[0].protocol = Protocol::http2;
  spec.hops[1].protocol = Protocol::http2;
  spec.hops[1].max_concurrent_streams = 8;
  spec.requests.clear();
  CHECK(simulate(spec).hops[1].connections_peak == 3);  // of twenty streams, eight on each
  spec.hops[0].upstream_connections = 2;
  CHECK(simulate(spec).streams_opened == 16);
  spec.hops[1].protocol = Protocol::http1;
  CHECK(simulate(spec).streams_opened == 2);
}

TEST_CASE("Envoy's breaker for requests counts where its connections carry many") {
  WorldSpec spec = hand_world("stream-per-row", 20, Protocol::http2);
  spec.hops = {*find_server("envoy"), *find_server("go")};
  spec.hops[0].protocol = Protocol::http2;
  spec.hops[1].protocol = Protocol::http2;
  spec.hops[0].upstream_requests = 12;
  spec.requests.clear();
  const Observations seen = simulate(spec, 10s);
  CHECK(seen.streams_opened == 12);
  CHECK(seen.hops[0].refused == 8);
}

TEST_CASE("each hop counts the bytes that pass it") {
  WorldSpec spec = hand_world("polling", 0, Protocol::http2);
  spec.page.design = find_design("single-stream");
  spec.hops = {*find_server("nginx"), *find_server("node")};
  spec.hops[0].protocol = Protocol::http2;
  spec.page.document_size = {20'000};
  spec.requests[0].request_size = {700};
  spec.requests[0].response_size = {3'000};
  const Observations seen = simulate(spec);
  const std::uint64_t document = 500 + 20'000;
  const std::uint64_t stream = 500 + 200;
  CHECK(seen.hops[0].bytes == document + stream + 700 + 3'000);
  CHECK(seen.hops[1].bytes == seen.hops[0].bytes);
  spec.page.rows = 1;
  spec.page.updates = {1.0, {400}};
  const Observations pushed = simulate(spec);
  CHECK(pushed.hops[0].bytes == pushed.hops[1].bytes);
  CHECK(pushed.hops[0].bytes > seen.hops[0].bytes + 10 * 400);
}

TEST_CASE("a wait that has not ended, or that a hop ended, is not left out") {
  // Five children: four streams too many and the click wait for 60 s and are told 504.
  WorldSpec spec = slow_click("nginx", "php-fpm", 0s);
  spec.page.design = find_design("stream-per-row");
  spec.page.rows = 8;
  const Observations told = simulate(spec, 80s);
  CHECK(told.flows[0].worker_queue.finished() == 1);
  CHECK(told.flows[0].worker_queue.max() == 60s);
  CHECK(told.flows[0].service.count() == 0);
  const Observations waiting = simulate(spec, 30s);
  CHECK(waiting.flows[0].worker_queue.finished() == 0);
  CHECK(waiting.flows[0].worker_queue.largest_age() == 30s - 2s - 40ms);
  // The same at the proxy.
  spec.hops[0] = *find_server("haproxy");
  spec.hops[0].protocol = Protocol::http2;
  spec.hops[0].upstream_connections = 3;
  const Observations queued = simulate(spec, 30s);
  CHECK(queued.flows[0].proxy_queue.largest_age() == 30s - 2s - 40ms);
  CHECK(queued.flows[0].worker_queue.count() == 0);
}

TEST_CASE("a proxy cuts a WebSocket that is silent, unless the server sends pings") {
  WorldSpec spec = hand_world("websocket", 1, Protocol::http1);
  spec.hops.insert(spec.hops.begin(), *find_server("nginx"));
  spec.requests.clear();
  const Observations silent = simulate(spec, 100s);
  CHECK(silent.hops[0].cut == 1);
  CHECK(silent.streams_lost == 1);
  CHECK(silent.streams_opened == 2);
  spec.page.heartbeat = 30s;
  CHECK(simulate(spec, 100s).hops[0].cut == 0);
}
