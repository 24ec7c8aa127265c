#include "models/server_event.hpp"

#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

using namespace std::chrono_literals;
using namespace sixslots;
using namespace sixslots::models;
using namespace sixslots::models::testing;
using Kind = ServerEvent::Kind;

namespace {

constexpr Time at(Duration since_start) { return sim::start_of_time + since_start; }

/// Rows with an event stream each through nginx to PHP-FPM's five children, a click at `click`, and
/// what happens at 10 s.
WorldSpec world(int rows, Kind kind, Duration lasts, Duration click) {
  WorldSpec spec = hand_world("stream-per-row", rows, Protocol::http2);
  HopSpec nginx = *find_server("nginx");
  nginx.protocol = Protocol::http2;
  HopSpec php = *find_server("php-fpm");
  php.service = sim::Distribution::constant(40ms);
  spec.hops = {nginx, php};
  spec.requests[0].arrivals.at = {click};
  spec.events = {{.at = 10s, .lasts = lasts, .hop = 1, .kind = kind, .workers = 3}};
  return spec;
}

}  // namespace

TEST_CASE("workers that are lost take their streams along, and are there again later") {
  const Observations seen = simulate(world(5, Kind::worker_loss, 20s, 50s), 60s);
  CHECK(seen.streams_lost == 3);  // of five, and two go on
  CHECK(seen.reconnects == 3);    // after 3 s, when no child is free
  CHECK(seen.streams_opened == 8);
  CHECK(seen.hops[1].queue_peak == 3);
  CHECK(seen.streams_away == 0);
  CHECK(seen.recovery == 20s + 80ms);  // the child's work, and the way back
}

TEST_CASE("the workers that have been busy longest are lost first, and then idle ones") {
  WorldSpec spec = world(2, Kind::worker_loss, 20s, 9s);
  spec.requests[0].service = sim::Distribution::constant(5s);
  spec.events[0].workers = 2;
  const Observations seen = simulate(spec, 40s);
  CHECK(seen.streams_lost == 2);  // the click's child, taken later, is left alone
  CHECK(click_of(seen).outcome == Outcome::done);
  spec.events[0].workers = 5;
  const Observations all = simulate(spec, 40s);
  CHECK(click_of(all).status == 502);
  CHECK(click_of(all).finished == at(10s + 40ms));
}

TEST_CASE("a connection that a proxy loses takes all its streams along") {
  WorldSpec spec = world(5, Kind::worker_loss, 20s, 50s);
  HopSpec envoy = *find_server("haproxy");
  envoy.protocol = Protocol::http2;
  envoy.upstream_connections = 2;
  HopSpec app = *find_server("node");
  app.protocol = Protocol::http2;
  app.max_concurrent_streams = 4;
  spec.hops = {envoy, app};
  spec.events[0].hop = 0;
  spec.events[0].workers = 1;
  const Observations seen = simulate(spec, 60s);
  CHECK(seen.streams_lost == 4);
  CHECK(seen.streams_away == 0);
}

TEST_CASE("workers that are lost for good are not there again") {
  WorldSpec spec = world(5, Kind::worker_loss, 0s, 50s);
  spec.events[0].lasts = std::nullopt;
  const Observations seen = simulate(spec, 60s);
  CHECK(seen.streams_opened == 5);
  CHECK(seen.streams_away == 3);
  CHECK(seen.recovery == 50s);  // at least: the run ends then
  CHECK(click_of(seen).outcome == Outcome::pending);
}

TEST_CASE("a worker that is back at once is free for those who wait") {
  const Observations seen = simulate(world(7, Kind::worker_loss, 0s, 50s), 60s);
  CHECK(seen.streams_lost == 3);
  CHECK(seen.streams_opened == 8);  // the two that waited get two of the three
}

TEST_CASE("an outage breaks nothing: what is sent in it arrives when it is sent again") {
  const Observations seen = simulate(world(2, Kind::outage, 10s, 12s), 60s);
  CHECK(seen.streams_lost == 0);
  CHECK(seen.reconnects == 0);
  const RequestRecord& click = click_of(seen);
  // Sent at 12 s, and again after 280 ms, 560 ms, ...: 280 ms x (2^5 - 1) is the first beyond 20 s.
  CHECK(click.granted == at(12s));
  CHECK(click.reached == at(12s + 280ms * 31 + 40ms));
  CHECK(click.finished == at(12s + 280ms * 31 + 40ms + 40ms + 40ms));
}

TEST_CASE("what is sent on a connection after an outage waits for what was sent in it") {
  for (const Protocol protocol : {Protocol::http2, Protocol::http3}) {
    WorldSpec spec = hand_world("single-stream", 0, protocol);
    spec.requests[0].arrivals.at = {12s, 19900ms, 20100ms};
    spec.events = {{.at = 10s, .lasts = 10s, .kind = Kind::outage}};
    const Observations seen = simulate(spec, 60s);
    // The first one is sent again after the timeout, twice, four times as long, and so on.
    const Duration timeout = spec.network.rtt + transport_rules(protocol).timeout_margin;
    const Time first = at(12s + timeout * (protocol == Protocol::http2 ? 31 : 127) + 40ms);
    const bool in_order = protocol == Protocol::http2;
    std::size_t clicks = 0;
    for (const RequestRecord& record : seen.records) {
      if (record.flow != 0) continue;
      INFO(clicks);
      const bool waits = in_order || clicks == 0;
      CHECK((record.reached == first) == waits);
      ++clicks;
    }
    CHECK(clicks == 3);
  }
}

TEST_CASE("a connection that is begun in an outage repeats its SYN") {
  WorldSpec spec = hand_world("single-stream", 0, Protocol::http1);
  spec.requests[0].arrivals.at = {12s};
  spec.hops[0].keep_alive = 5s;
  spec.browser.backup_connect = {};
  spec.events = {{.at = 10s, .lasts = 10s, .kind = Kind::outage}};
  const Observations seen = simulate(spec, 60s);
  CHECK(click_of(seen).granted == at(12s + 15s + 160ms));  // after 1, 3, 7 and 15 s
}

TEST_CASE("events of an outage are displayed in their order, after it") {
  WorldSpec spec = world(3, Kind::outage, 10s, 50s);
  spec.page.updates.rate = 1.0;
  const Observations seen = simulate(spec, 60s);
  CHECK(seen.staleness.max() > 10s);
  CHECK(seen.staleness.max() < 25s);
  CHECK(seen.staleness.censored() == 0);
}

TEST_CASE("a disconnection takes every connection, and the streams come back when it is over") {
  const Observations seen = simulate(world(2, Kind::disconnection, 4s, 50s), 60s);
  CHECK(seen.streams_lost == 2);
  CHECK(seen.streams_opened == 4);
  CHECK(seen.reconnects == 4);  // after 3 s in vain, after 6 s with success
  CHECK(seen.pages_deaf == 0);
}

TEST_CASE("a server that does not know of a disconnection goes on holding what it held") {
  WorldSpec spec = world(4, Kind::disconnection, 1s, 20s);
  spec.events[0].lingers = 30s;
  const Observations seen = simulate(spec, 60s);
  CHECK(seen.hops[1].busy_peak == 5);
  CHECK(seen.recovery > 30s);  // until then its children serve streams that nobody reads
  CHECK(seen.recovery < 31s);
  REQUIRE(click_of(seen).finished);
  CHECK(*click_of(seen).finished > at(40s));
  spec.events[0].lingers = {};
  CHECK(simulate(spec, 60s).recovery < 4s);
}

TEST_CASE("a storm lasts until the event is over and the last stream is back") {
  WorldSpec spec = world(2, Kind::restart, 1s, 5s);
  spec.requests[0].arrivals.at = {9500ms, 10500ms, 12s, 14s};
  const Observations seen = simulate(spec, 60s);
  // Lost at 10 s, back at 13.2 s. The first click is answered before.
  const FlowStatistics& clicks = seen.flows[0];
  CHECK(clicks.count == 4);
  CHECK(clicks.storm.count() == 2);  // with its 502, the second one
  CHECK(clicks.storm_failed == 1);
  CHECK(clicks.failed == 1);
}

TEST_CASE("a page is deaf once, however many of its streams were closed for good") {
  const Observations seen = simulate(world(4, Kind::restart, 5s, 50s), 60s);
  CHECK(seen.streams_given_up == 4);
  CHECK(seen.pages_deaf == 1);
  CHECK(seen.streams_never_back == 4);
  WorldSpec worker = world(4, Kind::restart, 5s, 50s);
  worker.page.design = find_design("shared-worker");
  worker.tabs = 3;
  CHECK(simulate(worker, 60s).pages_deaf == 3);  // they all listen to one stream
  worker.tab_interval = 20s;                     // some join it when it is closed
  CHECK(simulate(worker, 60s).pages_deaf == 3);
}

TEST_CASE("an event begins a storm of its own when those of the one before are back") {
  WorldSpec spec = world(5, Kind::worker_loss, 20s, 50s);
  const Observations alone = simulate(spec, 100s);
  REQUIRE(alone.recovery > 20s);
  // Streams find other workers before the lost ones are there again.
  spec.hops.back().workers = 30;
  spec.events[0].workers = 2;
  ServerEvent restart = spec.events[0];
  restart.kind = Kind::restart;
  restart.at = spec.events[0].at + 40s;
  restart.lasts = 1s;
  spec.events.push_back(restart);
  const Observations both = simulate(spec, 100s);
  CHECK(both.recovery < 10s);
}

TEST_CASE("who leaves is not back") {
  WorldSpec spec = world(2, Kind::disconnection, 30s, 20s);
  spec.fleet.session = sim::Distribution::constant(30s);
  const Observations seen = simulate(spec, 60s);
  CHECK(seen.streams_lost == 2);
  CHECK(seen.streams_away == 0);
  CHECK(seen.recovery == 0s);
}

TEST_CASE("the time to recover is that of the event that took longest") {
  WorldSpec spec = world(5, Kind::worker_loss, 20s, 50s);
  ServerEvent second = spec.events[0];
  second.at = 60s;
  second.lasts = 10s;
  spec.events.push_back(second);
  CHECK(simulate(spec, 100s).recovery == 20s + 80ms);
}
