#include "models/link.hpp"

#include <vector>

#include "sim/process.hpp"
#include "sim/simulation.hpp"
#include "tests/catch.hpp"

using namespace std::chrono_literals;
using namespace sixslots;
using namespace sixslots::models;

namespace {

using Times = std::vector<Duration>;

sim::Process transfer(sim::Simulation& simulation, Link& link, Duration at, Bytes bytes,
                      Times& done) {
  co_await simulation.delay(at);
  co_await link.transfer(bytes);
  done.push_back(simulation.now() - sim::start_of_time);
}

}  // namespace

TEST_CASE("transfers share a link equally") {
  Link link(BitRate{8'000});
  Times done;
  sim::Simulation simulation;
  simulation.spawn(transfer(simulation, link, 0s, Bytes{3000}, done));
  simulation.spawn(transfer(simulation, link, 1s, Bytes{1000}, done));
  simulation.run();
  CHECK(done == Times{3s, 4s});
}

// 1,000 bytes at 3 Mbit/s take two thirds of a nanosecond less than this.
TEST_CASE("a transfer that ends as others begin ends then, and not before") {
  constexpr Duration due = 2'666'667ns;
  Link link(BitRate{3'000'000});
  Times done;
  sim::Simulation simulation;
  for (int i = 0; i < 9; ++i) simulation.spawn(transfer(simulation, link, due, Bytes{1000}, done));
  simulation.spawn(transfer(simulation, link, 0s, Bytes{1000}, done));
  simulation.run();
  REQUIRE(done.size() == 10);
  CHECK(done.front() == due);
  CHECK(done.back() - due == 9 * 2'666'667ns - 3ns);
}

TEST_CASE("a transfer that takes longer than there is time does not end before") {
  Link link(BitRate{1});
  Times done;
  sim::Simulation simulation;
  simulation.spawn(transfer(simulation, link, 0s, Bytes{std::int64_t{5} << 30}, done));
  simulation.run_until(sim::start_of_time + 2'000'000h);
  CHECK(done.empty());
}
