#include <array>

#include "models/connection_pool.hpp"
#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

namespace sixslots::models {
namespace {

using namespace std::chrono_literals;

sim::Process hold_a_slot(PoolGroup& group) {
  Exchange exchange;
  co_await group.acquire(RequestKind::fetch, false, exchange);
  sim::Signal never;
  co_await never.wait();
}

sim::Process take_a_slot(PoolGroup& group, Exchange& exchange) {
  co_await group.acquire(RequestKind::fetch, false, exchange);
}

TEST_CASE("the requests of a page end together: none gets what another one frees") {
  const WorldSpec spec = testing::hand_world("polling", 0, Protocol::http1);
  Origin origin;
  sim::Simulation simulation;
  Observer observer(simulation, 0, false);
  Path path(spec.hops, observer);
  set_up(origin, path, spec.network);
  ConnectionPool pool(simulation, spec.browser, spec.network, {}, observer);
  PoolGroup& group = pool.group(origin, 0);
  sim::Scope page(simulation);
  for (int i = 0; i < 6 + 3; ++i) page.spawn(hold_a_slot(group));  // three of them wait
  simulation.run_until(simulation.after(1s));
  pool.spawn(hold_a_slot(group));
  simulation.run_until(simulation.after(1s));
  CHECK(group.waiting() == 4);
  {
    const ConnectionPool::Cancellation cancellation(pool);
    page.end_all();
    CHECK(group.waiting() == 1);
  }
  simulation.run_until(simulation.after(1s));
  CHECK(group.waiting() == 0);
  CHECK(origin.accepted == 6 + 1);
}

TEST_CASE("what a cancellation leaves free goes to its own group before it makes room for others") {
  WorldSpec spec = testing::hand_world("polling", 0, Protocol::http1);
  spec.browser.connections_total = 2;
  std::array<Origin, 2> origins;
  sim::Simulation simulation;
  Observer observer(simulation, 0, false);
  Path path(spec.hops, observer);
  for (Origin& origin : origins) set_up(origin, path, spec.network);
  ConnectionPool pool(simulation, spec.browser, spec.network, {}, observer);
  PoolGroup& other = pool.group(origins[0], 0);
  PoolGroup& group = pool.group(origins[1], 0);
  std::array<Exchange, 2> held;
  for (Exchange& exchange : held) pool.spawn(take_a_slot(group, exchange));
  simulation.run_until(simulation.after(1s));
  sim::Scope page(simulation);
  page.spawn(hold_a_slot(group));
  pool.spawn(hold_a_slot(group));
  pool.spawn(hold_a_slot(other));
  simulation.run_until(simulation.after(1s));
  held[0].finish();  // the page's request is given this connection, and never sent
  {
    const ConnectionPool::Cancellation cancellation(pool);
    page.end_all();
  }
  simulation.run_until(simulation.after(1s));
  CHECK(group.waiting() == 0);
  CHECK(other.waiting() == 1);
  CHECK(origins[0].accepted == 0);
}

}  // namespace
}  // namespace sixslots::models
