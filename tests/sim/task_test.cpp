#include "sim/task.hpp"

#include <memory>

#include "tests/catch.hpp"

using namespace sixslots::sim;
using namespace std::chrono_literals;

namespace {

Task<int> at_once(int value) { co_return value; }

Task<int> later(Simulation& simulation, int value) {
  co_await simulation.delay(1s);
  co_return value;
}

Process add_many(int times, long& sum) {
  for (int i = 0; i < times; ++i) {
    const int one = co_await at_once(1);
    sum += one;
  }
}

Task<long> nest(Simulation& simulation, long depth) {
  if (depth == 0) {
    co_await simulation.delay(1s);
    co_return 0;
  }
  const long below = co_await nest(simulation, depth - 1);
  co_return below + 1;
}

Process measure_depth(Simulation& simulation, long depth, long& measured) {
  measured = co_await nest(simulation, depth);
}

Task<std::unique_ptr<int>> make(Simulation& simulation, int value) {
  co_await simulation.delay(1s);
  co_return std::make_unique<int>(value);
}

Process add_both(Simulation& simulation, int& sum) {
  const std::unique_ptr<int> first = co_await make(simulation, 40);
  const int second = co_await later(simulation, 2);
  sum = *first + second;
}

}  // namespace

TEST_CASE("a million awaits of a child that never waits need no stack") {
  Simulation simulation;
  long sum = 0;
  simulation.spawn(add_many(1'000'000, sum));
  simulation.run();
  CHECK(sum == 1'000'000);
  CHECK(simulation.events() == 1);
}

TEST_CASE("a hundred thousand tasks inside one another wait and return without a deep stack") {
  Simulation simulation;
  long measured = 0;
  simulation.spawn(measure_depth(simulation, 100'000, measured));
  simulation.run();
  CHECK(measured == 100'000);
}

TEST_CASE("a task hands over its result, also one that can only be moved") {
  Simulation simulation;
  int sum = 0;
  simulation.spawn(add_both(simulation, sum));
  simulation.run();
  CHECK(sum == 42);
  CHECK(simulation.now() == start_of_time + 2s);
}

TEST_CASE("a task that waits ends with its process") {
  Simulation simulation;
  int sum = 0;
  ProcessRef process = simulation.spawn(add_both(simulation, sum));
  simulation.run_until(start_of_time + 1500ms);
  process.end();
  simulation.run();
  CHECK(sum == 0);
  CHECK(simulation.now() == start_of_time + 2s);  // the cancelled timer was still on the agenda
}
