#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

using namespace std::chrono_literals;
using namespace sixslots;
using namespace sixslots::models;
using namespace sixslots::models::testing;

namespace {

/// Clicks through nginx to an app a second away, which takes no time of its own.
WorldSpec far_app(Tls tls, int keep_alive, Protocol protocol = Protocol::http1) {
  WorldSpec spec = hand_world("single-stream", 0, Protocol::http2);
  spec.page.design = find_design("stream-per-row");
  HopSpec nginx = *find_server("nginx");
  nginx.protocol = Protocol::http2;
  nginx.upstream_keep_alive = keep_alive;
  HopSpec app = *find_server("node");
  app.protocol = protocol;
  app.tls = tls;
  app.rtt = 1s;
  spec.hops = {nginx, app};
  spec.requests[0].service = sim::Distribution::constant(0s);
  spec.requests[0].arrivals.at = {10s, 15s};
  return spec;
}

/// Of each click, what it takes apart from the browser's round trip.
std::vector<Duration> behind_nginx(const WorldSpec& spec) {
  std::vector<Duration> times;
  for (const RequestRecord& record : simulate(spec).records) {
    if (record.flow == 0) times.push_back(*record.finished - record.created - 80ms);
  }
  return times;
}

}  // namespace

TEST_CASE("a new connection behind a proxy takes a round trip, and TLS one or two more") {
  using Times = std::vector<Duration>;
  CHECK(behind_nginx(far_app(Tls::none, 0)) == Times{2s, 2s});
  CHECK(behind_nginx(far_app(Tls::tls13, 0)) == Times{3s, 3s});
  CHECK(behind_nginx(far_app(Tls::tls12_resumed, 0)) == Times{3s, 3s});
  CHECK(behind_nginx(far_app(Tls::tls12, 0)) == Times{4s, 4s});
}

TEST_CASE("a connection that a proxy has kept takes no set-up") {
  CHECK(behind_nginx(far_app(Tls::tls12, 32)) == std::vector<Duration>{1s, 1s});  // the document's
}

TEST_CASE("streams of one connection behind a proxy wait for it together") {
  WorldSpec spec = far_app(Tls::tls13, 0, Protocol::http2);
  spec.requests[0].arrivals.at = {10s, 11s};
  CHECK(behind_nginx(spec) == std::vector<Duration>{3s, 2s});
}

TEST_CASE("the set-up of a connection behind a proxy is no queue") {
  const Observations seen = simulate(far_app(Tls::tls12, 0));
  const RequestRecord& click = click_of(seen);
  CHECK(proxy_queue(click, *click.finished) == 0s);
  CHECK(seen.flows[0].proxy_queue.mean() == 0.0);
}

TEST_CASE("a proxy in front loses its patience while the one behind it connects") {
  WorldSpec spec = far_app(Tls::tls12, 0);
  HopSpec front = spec.hops[0];
  front.read_timeout = 2s;
  spec.hops.insert(spec.hops.begin(), front);
  spec.hops[1].rtt = 0s;
  const Observations seen = simulate(spec);
  CHECK(seen.pages_failed == 1);
  CHECK(seen.hops[0].cut == 1);
  CHECK(seen.hops[2].requests == 0);
}
