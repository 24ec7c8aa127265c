#include "sim/signal.hpp"

#include <string>

#include "tests/catch.hpp"

using namespace sixslots::sim;
using namespace std::chrono_literals;

namespace {

Process wait_for(Signal& signal, char name, std::string& log) {
  co_await signal.wait();
  log += name;
}

Process wait_twice(Signal& signal, char name, std::string& log) {
  co_await signal.wait();
  log += name;
  co_await signal.wait();
  log += name;
}

}  // namespace

TEST_CASE("a signal wakes all who wait, in the order they came, and holds nobody afterwards") {
  Signal closed;
  Simulation simulation;
  std::string log;
  simulation.spawn(wait_for(closed, 'a', log));
  simulation.spawn(wait_twice(closed, 'b', log));
  simulation.run();
  CHECK(log.empty());
  closed.fire();
  CHECK(log.empty());  // they run when the simulation does
  simulation.run();
  CHECK(log == "abb");
  simulation.spawn(wait_for(closed, 'c', log));
  simulation.run();
  CHECK(log == "abbc");
}

TEST_CASE("a pulse wakes those who wait now, once") {
  Signal update;
  Simulation simulation;
  std::string log;
  simulation.spawn(wait_twice(update, 'a', log));
  simulation.run();
  update.pulse();
  simulation.run();
  CHECK(log == "a");
  CHECK_FALSE(update.fired());
  update.pulse();
  simulation.run();
  CHECK(log == "aa");
  update.pulse();
  simulation.spawn(wait_for(update, 'b', log));
  simulation.run();
  CHECK(log == "aa");
}

TEST_CASE("a signal that is reset before the woken run has woken them all the same") {
  Signal signal;
  Simulation simulation;
  std::string log;
  simulation.spawn(wait_twice(signal, 'a', log));
  simulation.run();
  signal.fire();
  signal.reset();
  simulation.run();
  CHECK(log == "a");
}

TEST_CASE("a process that is ended after the signal and before it ran is not woken") {
  Signal signal;
  Simulation simulation;
  std::string log;
  simulation.spawn(wait_for(signal, 'a', log));
  ProcessRef victim = simulation.spawn(wait_for(signal, 'b', log));
  ProcessRef waiting = simulation.spawn(wait_for(signal, 'c', log));
  simulation.run();
  waiting.end();
  signal.fire();
  victim.end();
  simulation.run();
  CHECK(log == "a");
}
