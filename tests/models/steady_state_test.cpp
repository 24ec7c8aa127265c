#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"
#include "tests/sim/allocations.hpp"

namespace sixslots::models {
namespace {

using namespace std::chrono_literals;

/// What a run of so many requests, 40 a second and so five or so at a time, takes from the
/// allocator.
std::size_t allocations_of(WorldSpec spec, int requests) {
  spec.requests[0].arrivals.process = Arrivals::Process::every;
  spec.requests[0].arrivals.every = 25ms;
  RunSpec run;
  run.duration = 25ms * requests;
  const std::size_t before = sim::testing::allocations().count;
  models::run(spec, run);
  return sim::testing::allocations().count - before;
}

/// Of nine thousand requests more, when a thousand have been made.
std::size_t allocations_later(const WorldSpec& spec) {
  allocations_of(spec, 10'000);  // the frames of the thread are there from now on
  return allocations_of(spec, 10'000) - allocations_of(spec, 1000);
}

TEST_CASE("a request takes no memory from the allocator once a page is under way") {
  if (!sim::testing::counts_allocations) return;
  for (const Protocol protocol : {Protocol::http1, Protocol::http2}) {
    CHECK(allocations_later(testing::hand_world("polling", 0, protocol)) == 0);
  }
}

TEST_CASE("nor does one that holds a worker and a proxy's connection, and shares a link") {
  if (!sim::testing::counts_allocations) return;
  for (const Protocol protocol : {Protocol::http1, Protocol::http2}) {
    WorldSpec spec = testing::hand_world("polling", 0, protocol);
    spec.network.down.bits_per_second = 10'000'000;
    spec.network.up.bits_per_second = 10'000'000;
    HopSpec proxy = spec.hops[0];
    proxy.upstream_connections = 8;
    spec.hops[0].workers = 8;
    spec.hops.insert(spec.hops.begin(), proxy);
    CHECK(allocations_later(spec) == 0);
  }
}

}  // namespace
}  // namespace sixslots::models
