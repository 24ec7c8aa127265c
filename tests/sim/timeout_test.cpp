#include "sim/timeout.hpp"

#include <string>

#include "sim/resource.hpp"
#include "sim/signal.hpp"
#include "tests/catch.hpp"

using namespace sixslots::sim;
using namespace std::chrono_literals;

namespace {

Task<int> work(Simulation& simulation, Duration takes) {
  co_await simulation.delay(takes);
  co_return 42;
}

Process try_for(Simulation& simulation, Duration limit, Duration takes, std::string& log) {
  Task<int> task = work(simulation, takes);
  const std::optional<int> result = co_await within(limit, task);
  log += (result ? std::to_string(*result) : "-") + '@';
  log += std::to_string((simulation.now() - start_of_time) / 1s) + ' ';
}

std::string tried(Duration limit, Duration takes) {
  Simulation simulation;
  std::string log;
  simulation.spawn(try_for(simulation, limit, takes, log));
  simulation.run();
  return log;
}

Task<bool> nested(Simulation& simulation, Duration limit) {
  Task<int> task = work(simulation, 10s);
  const std::optional<int> result = co_await within(limit, task);
  co_return result.has_value();
}

Process try_nested(Simulation& simulation, Duration outer, Duration inner, std::string& log) {
  Task<bool> task = nested(simulation, inner);
  const std::optional<bool> result = co_await within(outer, task);
  log += result ? "inner" : "outer";
}

Process hold(Simulation& simulation, Resource& resource, Duration arrives, Duration stays) {
  co_await simulation.delay(arrives);
  const Lease unit = co_await resource.acquire();
  co_await simulation.delay(stays);
}

Task<> use(Simulation& simulation, Resource& resource, Duration stays) {
  const Lease unit = co_await resource.acquire();
  co_await simulation.delay(stays);
}

Task<Lease> queue_for(Resource& resource) {
  Lease unit = co_await resource.acquire();
  co_return unit;
}

Process queue_at_most(Simulation& simulation, Resource& resource, Duration limit,
                      std::string& log) {
  Task<Lease> task = queue_for(resource);
  const std::optional<Lease> unit = co_await within(limit, task);
  log += unit ? "served " : "gone ";
  co_await simulation.delay(1s);
}

Process use_at_most(Simulation& simulation, Resource& resource, Duration limit, std::string& log) {
  Task<> task = use(simulation, resource, 10s);
  const bool done = co_await within(limit, task);
  log += done ? "done" : "given up";
}

Process listen(Signal& signal, Duration limit, std::string& log) {
  Task<> task = signal.task();
  const bool heard = co_await within(limit, task);
  log += heard ? "heard" : "silence";
}

Process relay(Simulation& simulation, Signal& signal, Duration delay, int hops) {
  co_await simulation.delay(delay);
  for (int i = 0; i < hops; ++i) co_await simulation.delay(0s);
  signal.fire();
}

}  // namespace

TEST_CASE("a task that is done in time has a result, a slower one has none") {
  CHECK(tried(5s, 3s) == "42@3 ");
  CHECK(tried(5s, 6s) == "-@5 ");
}

TEST_CASE("a task that is done at the very instant the time runs out counts as done") {
  CHECK(tried(5s, 5s) == "42@5 ");
  CHECK(tried(0s, 0s) == "42@0 ");
}

TEST_CASE("however many steps the instant takes, the timeout comes after them") {
  for (const bool listener_first : {true, false}) {
    Signal signal;
    Simulation simulation;
    std::string log;
    if (listener_first) simulation.spawn(listen(signal, 1s, log));
    simulation.spawn(relay(simulation, signal, 1s, 10));
    if (!listener_first) simulation.spawn(listen(signal, 1s, log));
    simulation.run();
    CHECK(log == "heard");
  }
}

TEST_CASE("a limit that never comes limits nothing") {
  CHECK(tried(Duration::max(), 3s) == "42@3 ");
}

TEST_CASE("of nested limits the shorter one counts, and of equal ones the outer one") {
  const auto outcome = [](Duration outer, Duration inner) {
    Simulation simulation;
    std::string log;
    simulation.spawn(try_nested(simulation, outer, inner, log));
    simulation.run();
    return log;
  };
  CHECK(outcome(3s, 2s) == "inner");
  CHECK(outcome(2s, 3s) == "outer");
  CHECK(outcome(2s, 2s) == "outer");
  CHECK(outcome(20s, 20s) == "inner");
}

TEST_CASE("a timeout at the very instant of dispatch loses") {
  Resource resource(1);
  Simulation simulation;
  std::string log;
  simulation.spawn(hold(simulation, resource, 0s, 3s));
  simulation.run_until(start_of_time + 1s);
  simulation.spawn(queue_at_most(simulation, resource, 2s, log));  // until 3 s, when the slot frees
  simulation.spawn(queue_at_most(simulation, resource, 1s, log));
  simulation.run();
  CHECK(log == "gone served ");
  CHECK(resource.in_use() == 0);
}

TEST_CASE("a task that is cut off leaves the queue it stands in") {
  Resource resource(1);
  Simulation simulation;
  std::string log;
  simulation.spawn(hold(simulation, resource, 0s, 10s));
  simulation.spawn(use_at_most(simulation, resource, 2s, log));
  simulation.run_until(start_of_time + 1s);
  CHECK(resource.queue_length() == 1);
  simulation.run_until(start_of_time + 2s);
  CHECK(resource.queue_length() == 0);
  CHECK(log == "given up");
}

TEST_CASE("a task that is cut off gives back what it holds") {
  Resource resource(1);
  Simulation simulation;
  std::string log;
  simulation.spawn(use_at_most(simulation, resource, 2s, log));
  simulation.run_until(start_of_time + 1s);
  CHECK(resource.in_use() == 1);
  simulation.run_until(start_of_time + 2s);
  CHECK(resource.in_use() == 0);
}

TEST_CASE("a process that ends while a limit runs takes the limit along") {
  Resource resource(1);
  Simulation simulation;
  std::string log;
  ProcessRef process = simulation.spawn(use_at_most(simulation, resource, 2s, log));
  simulation.run_until(start_of_time + 1s);
  process.end();
  CHECK(resource.in_use() == 0);
  simulation.run();
  CHECK(log.empty());
}
