#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

using namespace std::chrono_literals;
using namespace sixslots;
using namespace sixslots::models;
using namespace sixslots::models::testing;

namespace {

constexpr Time at(Duration since_start) { return sim::start_of_time + since_start; }

/// A click at 2 s that the app works on for 5 s, and a restart at 4 s.
WorldSpec restart(Protocol protocol, int hop, Duration lasts) {
  WorldSpec spec = hand_world("single-stream", 1, protocol);
  spec.requests[0].service = sim::Distribution::constant(5s);
  spec.events = {{4s, lasts, hop}};
  return spec;
}

}  // namespace

TEST_CASE("a restart resets what is under way on a new connection, and the click fails") {
  const Observations seen = simulate(restart(Protocol::http1, 0, 0s));
  const RequestRecord& click = click_of(seen);
  CHECK(click.outcome == Outcome::failed);
  CHECK(click.finished == at(4s + 40ms));  // half a round trip to learn of it
  CHECK(seen.flows[0].failed == 1);
  CHECK(seen.flows[0].latency.finished() == 0);
}

TEST_CASE("on a connection that was used before, the browser asks again once") {
  const Observations seen = simulate(restart(Protocol::http2, 0, 0s));
  const RequestRecord& click = click_of(seen);
  CHECK(click.outcome == Outcome::done);
  CHECK(click.attempts == 2);
  // TCP, TLS, the way there, the work from its beginning, and the way back.
  CHECK(click.finished == at(4s + 40ms + 160ms + 40ms + 5s + 40ms));
  CHECK(seen.flows[0].failed == 0);
}

TEST_CASE("a click before the browser knows of a restart goes out on the connection that is lost") {
  for (const Protocol protocol : {Protocol::http1, Protocol::http2}) {
    INFO(static_cast<int>(protocol));
    WorldSpec spec = restart(protocol, 0, 0s);
    spec.page.rows = 0;
    spec.page.design = find_design("stream-per-row");
    spec.requests[0].service = sim::Distribution::constant(0s);
    spec.requests[0].arrivals.at = {4s + 20ms};
    const Observations seen = simulate(spec);
    CHECK(click_of(seen).reused == false);  // at last
    CHECK(click_of(seen).attempts == 2);
    // There and back for nothing, TCP, TLS, and there and back again.
    CHECK(click_of(seen).finished == at(4s + 20ms + 80ms + 160ms + 80ms));
    spec.requests[0].arrivals.at = {4s + 40ms};
    const Observations later = simulate(spec);
    CHECK(click_of(later).attempts == 1);
    CHECK(click_of(later).finished == at(4s + 40ms + 160ms + 80ms));
  }
}

TEST_CASE("asking again does not help while the server is down") {
  const Observations seen = simulate(restart(Protocol::http2, 0, 1s));
  const RequestRecord& click = click_of(seen);
  CHECK(click.outcome == Outcome::failed);
  CHECK(click.finished == at(4s + 40ms + 80ms));  // refused after a round trip
}

TEST_CASE("a session that a restart has closed is replaced when the server is back") {
  WorldSpec spec = restart(Protocol::http2, 0, 1s);
  spec.requests[0].service = sim::Distribution::constant(40ms);
  spec.requests[0].arrivals.at = {4500ms, 6s};
  const Observations seen = simulate(spec);
  std::vector<Outcome> outcomes;
  for (const RequestRecord& record : seen.records) {
    if (record.flow == 0) outcomes.push_back(record.outcome);
  }
  CHECK(outcomes == std::vector<Outcome>{Outcome::failed, Outcome::done});
  CHECK(seen.connections_opened == 2);
  CHECK(seen.connections_peak == 1);
}

TEST_CASE("a restart in the middle of a body loses it") {
  WorldSpec spec = restart(Protocol::http1, 0, 0s);
  spec.requests[0].service = sim::Distribution::constant(0s);
  spec.requests[0].response_size = {1'000'000};
  spec.network.down = {1'000'000};  // takes 8 s
  const Observations seen = simulate(spec);
  CHECK(click_of(seen).outcome == Outcome::failed);
  CHECK(click_of(seen).status == 200);
  CHECK(click_of(seen).finished == at(4s + 40ms));
}

TEST_CASE("the proxy before a hop that is restarted answers what it had handed on") {
  WorldSpec spec = restart(Protocol::http2, 1, 1s);
  HopSpec proxy = *find_server("nginx");
  proxy.protocol = Protocol::http2;
  HopSpec app = spec.hops.front();
  app.workers = 2;
  spec.hops = {proxy, app};
  const Observations seen = simulate(spec);
  const RequestRecord& click = click_of(seen);
  CHECK(click.status == 502);
  CHECK(click.finished == at(4s + 40ms));
  CHECK(seen.flows[0].failed == 1);
}

TEST_CASE("what has been answered before a restart is not touched by it") {
  WorldSpec spec = restart(Protocol::http2, 0, 1s);
  spec.requests[0].service = sim::Distribution::constant(1s);
  const Observations seen = simulate(spec);
  CHECK(click_of(seen).outcome == Outcome::done);
  CHECK(click_of(seen).finished == at(3s + 80ms));
}
