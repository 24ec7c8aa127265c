#include <algorithm>
#include <thread>

#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"
#include "tests/sim/allocations.hpp"

using namespace std::chrono_literals;
using namespace sixslots;
using namespace sixslots::models;
using namespace sixslots::models::testing;

namespace {

/// Users with one event stream each, who stay for a minute.
WorldSpec sessions(int users, double rate) {
  WorldSpec spec = hand_world("single-stream", 1, Protocol::http2);
  spec.fleet.users = users;
  spec.fleet.arrival_rate = rate;
  spec.fleet.session = sim::Distribution::constant(60s);
  spec.requests[0].arrivals.process = Arrivals::Process::every;
  spec.requests[0].arrivals.every = 10s;
  return spec;
}

std::size_t most_bytes(const WorldSpec& spec, Duration duration) {
  RunSpec run;
  run.duration = duration;
  std::size_t bytes = 0;
  std::thread simulating([&] {
    sim::testing::forget_most_in_use();
    const std::size_t before = sim::testing::allocations().bytes_in_use;
    models::run(spec, run);
    bytes = sim::testing::allocations().most_in_use - before;
  });
  simulating.join();
  return bytes;
}

}  // namespace

TEST_CASE("a user who leaves gives back everything") {
  WorldSpec spec = sessions(20, 0.0);
  spec.hops.insert(spec.hops.begin(), *find_server("nginx"));
  spec.hops[0].protocol = Protocol::http2;
  const Observations seen = simulate(spec, 61s);
  CHECK(seen.users_left == 20);
  CHECK(seen.users_peak == 20);
  CHECK(seen.streams_opened == 20);
  WorldSpec later = spec;
  RunSpec run;
  run.duration = 100s;
  run.warm_up = 70s;
  const Observations empty = models::run(later, run);
  CHECK(empty.connections_mean == 0.0);
  CHECK(empty.hops[0].connections_peak == 0);
  CHECK(empty.hops[0].busy_peak == 0);
  CHECK(empty.users_mean == 0.0);
}

TEST_CASE("users come at random and stay for a while: as many are there as Little's law says") {
  WorldSpec spec = sessions(1, 2.0);
  RunSpec run;
  run.duration = 1200s;
  run.warm_up = 200s;
  const Observations seen = models::run(spec, run);
  CHECK(seen.users_mean == Approx(2.0 * 60).epsilon(0.08));
  CHECK(seen.users_left > 1800);
}

TEST_CASE("memory grows with the users who are there, not with those who were", "[long]") {
  if (!sim::testing::counts_allocations) return;
  const WorldSpec spec = sessions(1, 20.0);  // 1200 at a time
  const std::size_t after_200_s = most_bytes(spec, 200s);
  const std::size_t after_2000_s = most_bytes(spec, 2000s);
  CHECK(after_2000_s < after_200_s * 5 / 4);
}

TEST_CASE("a request that is under way when its user leaves counts as unfinished") {
  WorldSpec spec = sessions(2, 0.0);
  spec.requests[0].service = sim::Distribution::constant(1000s);
  spec.requests[0].arrivals.process = Arrivals::Process::at;
  spec.requests[0].arrivals.at = {50s};
  const Observations seen = simulate(spec, 100s);
  CHECK(seen.flows[0].count == 2);
  CHECK(seen.flows[0].censored == 2);
  CHECK(seen.flows[0].latency.largest_age() == 10s);
  CHECK(seen.flows[0].users_hit == 2);
}

TEST_CASE("each user's requests are put together, and percentiles are over the users") {
  WorldSpec spec = hand_world("polling", 0, Protocol::http1);
  spec.page.design = find_design("single-stream");
  spec.fleet.users = 10;
  spec.requests[0].arrivals.at = {5s, 20s, 35s};
  spec.requests[0].service = sim::Distribution::exponential(500ms);
  const Observations seen = simulate(spec, 60s);
  const FlowStatistics& clicks = seen.flows[0];
  CHECK(clicks.count == 30);
  CHECK(clicks.user_mean.count() == 10);
  CHECK(clicks.user_worst.count() == 10);
  CHECK(clicks.user_worst.max() == clicks.latency.max());
  CHECK(*clicks.user_mean.mean() == Approx(*clicks.latency.mean()).epsilon(1e-6));
  CHECK(clicks.user_mean.max() < clicks.latency.max());
}

TEST_CASE("where a user's mean is a bound, so is the longest") {
  WorldSpec spec = sessions(4, 0.0);
  spec.fleet.session.reset();
  spec.requests[0].service = sim::Distribution::constant(2s);
  spec.requests[0].arrivals.process = Arrivals::Process::at;
  spec.requests[0].arrivals.at = {5s, 35s};  // the second has a second left
  const FlowStatistics clicks = simulate(spec, 36s).flows[0];
  CHECK(clicks.user_mean.censored() == 4);
  CHECK(clicks.user_worst.censored() == 4);
}

TEST_CASE("users have the browsers of the mix, and as many tabs as they like") {
  WorldSpec spec = hand_world("stream-per-row", 8, Protocol::http1);
  spec.requests.clear();
  spec.fleet.users = 400;
  BrowserProfile two = *find_browser("chrome");
  two.connections_per_origin = 2;
  spec.fleet.browsers = {{two, {0.25}}};
  const Observations seen = simulate(spec, 10s);
  CHECK(seen.streams_opened > 400 * 6 - 4 * 128);
  CHECK(seen.streams_opened < 400 * 6 - 4 * 72);
  spec.fleet.browsers.clear();
  spec.page.design = find_design("single-stream");
  spec.fleet.most_tabs = 3;
  CHECK(simulate(spec, 10s).streams_opened == Approx(800.0).epsilon(0.1));
}

TEST_CASE("who has the page in the background makes no clicks, and polls with slowed timers") {
  WorldSpec spec = hand_world("polling", 1, Protocol::http2);
  spec.fleet.users = 200;
  spec.fleet.hidden_share = {0.4};
  spec.page.poll_interval = 5s;
  const Observations seen = simulate(spec, 20s);
  CHECK(seen.flows[0].count > 100);
  CHECK(seen.flows[0].count < 140);
  spec.fleet.users = 1;
  spec.fleet.hidden_share = {1.0};
  spec.requests.clear();
  const Observations hidden = simulate(spec, 600s);
  // For five minutes every five or six seconds, and once a minute from then on.
  CHECK(hidden.requests_arrived > 50);
  CHECK(hidden.requests_arrived < 70);
  spec.fleet.hidden_share = {0.0};
  CHECK(simulate(spec, 600s).requests_arrived > 110);
}

TEST_CASE("an update before the page was opened is not waited for") {
  WorldSpec spec = hand_world("single-stream", 1, Protocol::http2);
  spec.page.updates.rate = 1.0;
  spec.fleet.users = 2;
  spec.fleet.arrive_within = 100s;  // the second one comes after 50 s
  const Observations seen = simulate(spec, 100s);
  CHECK(seen.staleness.max() < 1s);
}

TEST_CASE("users arrive evenly, or at random moments of the same time") {
  WorldSpec spec = hand_world("single-stream", 1, Protocol::http2);
  spec.requests.clear();
  spec.fleet.users = 100;
  spec.fleet.arrive_within = 10s;
  const Observations even = simulate(spec, 20s);
  spec.fleet.arrival = FleetSpec::Arrival::random;
  const Observations random = simulate(spec, 20s);
  CHECK(even.users_mean == Approx(75.25));  // (0 + 0.1 + ... + 9.9) / 100 = 4.95 s missing of each
  CHECK(random.users_mean != even.users_mean);
  CHECK(random.users_mean == Approx(75.0).epsilon(0.06));
  CHECK(random.streams_opened == 100);
}

TEST_CASE("updates that everybody has seen are forgotten") {
  if (!sim::testing::counts_allocations) return;
  WorldSpec spec = hand_world("single-stream", 1, Protocol::http2);
  spec.requests.clear();
  spec.page.updates.rate = 2000.0;
  const std::size_t after_10_s = most_bytes(spec, 10s);
  const std::size_t after_100_s = most_bytes(spec, 100s);
  CHECK(after_100_s < after_10_s + 200'000);  // 180,000 updates more, of eight bytes each
}

TEST_CASE("a series keeps the peaks when it becomes long") {
  Series series;
  for (int i = 0; i < 1'000'000; ++i) {
    series.add(sim::start_of_time + i * 1ms, i == 123'456 ? 7 : i % 3);
  }
  CHECK(series.points.size() < Series::most_points);
  const auto highest = std::ranges::max_element(series.points, {}, &Series::Point::level);
  CHECK(highest->level == 7);
  CHECK(highest->time == sim::start_of_time + 123'456ms);
  CHECK(std::ranges::is_sorted(series.points, {}, &Series::Point::time));
}

TEST_CASE("what a hidden page asks for every so often waits for its timers") {
  WorldSpec spec = hand_world("single-stream", 0, Protocol::http1);
  RequestFlow& flow = spec.requests[0];
  flow.by_user = false;
  flow.tabs = FlowTabs::all;
  flow.arrivals.process = Arrivals::Process::every;
  flow.arrivals.every = 200ms;
  CHECK(simulate(spec, 100s).flows[0].count > 480);
  spec.fleet.hidden_share = {1.0};
  const std::uint64_t hidden = simulate(spec, 100s).flows[0].count;
  CHECK(hidden > 90);
  CHECK(hidden < 101);
}
