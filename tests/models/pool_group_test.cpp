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

}  // namespace
}  // namespace sixslots::models
