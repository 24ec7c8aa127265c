#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

using namespace sixslots;
using namespace sixslots::models;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Users with one row each and one stream or socket, through nginx to an app, that is restarted at
/// 20 s.
WorldSpec storm(int users, std::string_view browser, int restarted_hop, Duration lasts) {
  WorldSpec spec;
  spec.browser = *find_browser(browser);
  spec.network = *find_network("localhost");
  spec.hops = {*find_server("nginx"), *find_server("node")};
  spec.hops[0].protocol = Protocol::http2;
  spec.hops[0].connections = 0;
  spec.hops[1].service = sim::Distribution::constant(Duration::zero());
  spec.page.rows = 1;
  spec.page.design = find_design("single-stream");
  spec.page.updates.rate = 0.0;
  spec.fleet.users = users;
  spec.fleet.arrive_within = seconds(10);
  spec.events = {{seconds(20), lasts, restarted_hop}};
  return spec;
}

Observations observe(const WorldSpec& spec) { return testing::simulate(spec, seconds(60)); }

}  // namespace

TEST_CASE("a proxy that answers 502 for longer than the retry leaves every page deaf") {
  const Observations seen = observe(storm(50, "chrome", 1, seconds(5)));
  CHECK(seen.streams_given_up == 50);
  CHECK(seen.reconnects == 50);
}

TEST_CASE("a proxy that is back before the retry loses nobody") {
  const Observations seen = observe(storm(50, "chrome", 1, seconds(2)));
  CHECK(seen.streams_given_up == 0);
  CHECK(seen.streams_opened == 100);
}

TEST_CASE("a restart that refuses connections brings all back after the browser's delay at once") {
  for (const auto& [browser, delay] :
       {std::pair{"chrome", seconds(3)}, std::pair{"firefox", seconds(5)}}) {
    const Observations seen = observe(storm(50, browser, 0, seconds(1)));
    INFO(browser);
    CHECK(seen.streams_given_up == 0);
    CHECK(seen.reconnects_peak == 50);
    CHECK(seen.recovery >= delay);
    CHECK(seen.recovery < delay + milliseconds(2));
  }
}

TEST_CASE("a spread retry flattens the storm") {
  WorldSpec spec = storm(200, "chrome", 0, seconds(1));
  const std::uint64_t together = observe(spec).reconnects_peak;
  spec.page.stream_retry = seconds(10);
  spec.page.retry_spread = {0.8};  // nobody asks while the server is down
  const std::uint64_t apart = observe(spec).reconnects_peak;
  CHECK(together == 200);
  CHECK(apart < together / 5);
}

TEST_CASE("a page's WebSocket comes back after its backoff") {
  WorldSpec spec = storm(20, "chrome", 0, milliseconds(200));
  spec.page.design = find_design("websocket");
  spec.page.socket_backoff = seconds(2);
  spec.page.socket_backoff_spread = {0.5};
  const Observations seen = observe(spec);
  CHECK(seen.reconnects == 20);
  CHECK(seen.streams_opened == 40);
  CHECK(seen.recovery > seconds(1));
  CHECK(seen.recovery < milliseconds(3010));
}

TEST_CASE("the first user meets the same whoever else is there, where nothing is shared") {
  WorldSpec spec = storm(1, "chrome", 0, seconds(1));
  spec.fleet.arrive_within = {};
  const auto alone = observe(spec).records;
  spec.fleet.users = 30;
  const auto among = observe(spec).records;
  REQUIRE(alone.size() == among.size());
  for (std::size_t i = 0; i < alone.size(); ++i) {
    CHECK(alone[i].created == among[i].created);
    CHECK(alone[i].finished == among[i].finished);
  }
}

TEST_CASE("users share the app's workers, not the browsers' slots") {
  WorldSpec spec = storm(8, "chrome", 0, seconds(1));
  spec.events.clear();
  spec.hops = {*find_server("php-fpm")};
  const Observations seen = observe(spec);
  CHECK(seen.workers_peak == 5);
  CHECK(seen.streams_opened == 5);
}
