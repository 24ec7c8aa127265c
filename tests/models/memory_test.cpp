#include <thread>

#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"
#include "tests/sim/allocations.hpp"

using namespace std::chrono_literals;
using namespace sixslots;
using namespace sixslots::models;

namespace {

/// What each of so many users takes, with one tab and one event stream on which nothing happens,
/// when its other connections have been closed. In a thread of its own, whose frame pool is empty.
std::size_t bytes_per_idle_client(Protocol protocol, int users) {
  WorldSpec spec;
  spec.browser = *find_browser("chrome");
  spec.network = *find_network("cable");
  HopSpec app = *find_server("go");
  app.protocol = protocol;
  app.service = sim::Distribution::constant(10ms);
  app.keep_alive = 5s;
  spec.hops = {app};
  spec.page.rows = 1;
  spec.page.design = find_design("single-stream");
  spec.page.updates.rate = 0.0;
  spec.fleet.users = users;
  spec.fleet.arrive_within = 200s;  // few load their pages at any moment
  RunSpec run;
  run.duration = 210s;
  std::size_t bytes = 0;
  std::thread simulating([&] {
    sim::testing::forget_most_in_use();
    const std::size_t before = sim::testing::allocations().bytes_in_use;
    const Observations seen = models::run(spec, run);
    bytes = sim::testing::allocations().most_in_use - before;
    CHECK(seen.streams_opened == static_cast<std::uint64_t>(users));
  });
  simulating.join();
  return bytes / static_cast<std::size_t>(users);
}

}  // namespace

TEST_CASE("an idle client fits in 1 KiB", "[long]") {
  if (!sim::testing::counts_allocations) return;
  CHECK(bytes_per_idle_client(Protocol::http2, 500'000) <= 1024);
  CHECK(bytes_per_idle_client(Protocol::http1, 500'000) <= 1024);
}
