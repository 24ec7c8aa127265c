#include "sim/task.hpp"

#include <array>
#include <memory>
#include <string>

#include "sim/signal.hpp"
#include "sim/unless.hpp"
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

using Large = std::array<std::unique_ptr<int>, 20>;

Task<Large> make_many(Simulation& simulation, int value) {
  Large many;
  for (std::unique_ptr<int>& one : many) one = std::make_unique<int>(value++);
  co_await simulation.delay(1s);
  co_return many;
}

Process sum_of_many(Simulation& simulation, int& sum) {
  const Large many = co_await make_many(simulation, 1);
  for (const std::unique_ptr<int>& one : many) sum += *one;
}

/// Notes when it goes.
struct Noted {
  Noted(std::string& in, char name) : log(in), character(name) {}
  Noted(const Noted&) = delete;
  Noted& operator=(const Noted&) = delete;
  ~Noted() { log += character; }
  std::string& log;
  char character;
};

Task<> done_after(Simulation& simulation, Duration time, std::string& log) {
  const Noted noted(log, 't');
  co_await simulation.delay(time);
  log += 'd';
}

Process await_it(Simulation& simulation, std::string& log) {
  Task<> task = done_after(simulation, 1s, log);
  co_await task;
  log += 'p';
}

Process fire_after(Simulation& simulation, Duration time, Signal& signal) {
  co_await simulation.delay(time);
  signal.fire();
}

Process await_unless(Simulation& simulation, Signal& signal, Duration time, std::string& log) {
  Task<> task = done_after(simulation, time, log);
  const bool done = co_await unless(signal, task);
  log += done ? '+' : '-';
}

Process await_nothing(bool& done) {
  Signal signal;
  Task<> nothing;
  done = co_await unless(signal, nothing);
}

std::string outcome(Duration task, Duration fires, bool signal_first) {
  std::string log;
  Signal signal;
  Simulation simulation;
  if (signal_first) simulation.spawn(fire_after(simulation, fires, signal));
  simulation.spawn(await_unless(simulation, signal, task, log));
  if (!signal_first) simulation.spawn(fire_after(simulation, fires, signal));
  simulation.run();
  return log;
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

TEST_CASE("a task hands over a large result") {
  Simulation simulation;
  int sum = 0;
  simulation.spawn(sum_of_many(simulation, sum));
  simulation.run();
  CHECK(sum == 210);
}

TEST_CASE("a task that is done is gone before its parent goes on, also where it has a name") {
  Simulation simulation;
  std::string log;
  simulation.spawn(await_it(simulation, log));
  simulation.run();
  CHECK(log == "dtp");
}

TEST_CASE("a signal ends a task, unless that is done before the signal has woken who awaits both") {
  CHECK(outcome(1s, 2s, true) == "dt+");
  CHECK(outcome(2s, 1s, true) == "t-");
  CHECK(outcome(1s, 1s, false) == "dt+");
  CHECK(outcome(1s, 1s, true) == "dt+");  // both are on the agenda of that instant
}

TEST_CASE("a task with nothing to do is done before any signal") {
  Simulation simulation;
  bool done = false;
  simulation.spawn(await_nothing(done));
  simulation.run();
  CHECK(done);
}
