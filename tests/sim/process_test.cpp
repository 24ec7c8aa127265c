#include "sim/process.hpp"

#include <memory>
#include <string>

#include "sim/resource.hpp"
#include "sim/signal.hpp"
#include "sim/simulation.hpp"
#include "tests/catch.hpp"

using namespace sixslots::sim;
using namespace std::chrono_literals;

namespace {

/// Notes when it goes out of scope.
struct Farewell {
  Farewell(std::string& to, char says) : log(to), name(says) {}
  Farewell(const Farewell&) = delete;
  Farewell& operator=(const Farewell&) = delete;
  ~Farewell() { log += name; }
  std::string& log;
  char name;
};

Process live(Simulation& simulation, char name, std::string& log) {
  const Farewell farewell(log, name);
  co_await simulation.delay(1h);
}

Process end_at(Simulation& simulation, Duration delay, ProcessRef& other) {
  co_await simulation.delay(delay);
  other.end();
}

Process note(Simulation& simulation, Duration delay, char name, std::string& log) {
  co_await simulation.delay(delay);
  log += name;
}

Task<> end_inside(Simulation& simulation, ProcessRef& self, std::string& log) {
  const Farewell farewell(log, 't');
  self.end();
  log += 'e';
  co_await simulation.delay(1s);
  log += '!';
}

Process end_itself(Simulation& simulation, ProcessRef& self, std::string& log) {
  const Farewell farewell(log, 'p');
  co_await end_inside(simulation, self, log);
  log += '!';
}

Task<> end_inside_at_once(ProcessRef& self, std::string& log) {
  const Farewell farewell(log, 't');
  self.end();
  co_return;
}

Process end_itself_by_what_it_awaits(ProcessRef& self, std::string& log) {
  const Farewell farewell(log, 'p');
  co_await end_inside_at_once(self, log);
  log += '!';
}

Process end_itself_and_return(Simulation& simulation, ProcessRef& self, std::string& log) {
  co_await simulation.delay(1s);
  self.end();
  log += 'r';
}

/// Ends what it refers to when it goes out of scope.
struct EndOnExit {
  explicit EndOnExit(ProcessRef& process) : ref(process) {}
  EndOnExit(const EndOnExit&) = delete;
  EndOnExit& operator=(const EndOnExit&) = delete;
  ~EndOnExit() { ref.end(); }
  ProcessRef& ref;
};

Process end_itself_twice(Simulation& simulation, ProcessRef& self) {
  const EndOnExit again(self);
  self.end();
  co_await simulation.delay(1s);
}

Process hold(Resource& resource, Signal& forever) {
  const Lease unit = co_await resource.acquire();
  co_await forever.wait();
}

Process own(Simulation& simulation, char child, std::string& log) {
  Scope scope(simulation);
  scope.spawn(live(simulation, child, log));
  co_await simulation.delay(1h);
}

}  // namespace

TEST_CASE("a process in the place of one that ended waits for its own moment") {
  Simulation simulation;
  std::string log;
  ProcessRef ended = simulation.spawn(note(simulation, 5s, '!', log));
  simulation.spawn(note(simulation, 5s, 'a', log));
  simulation.run_until(start_of_time + 1s);
  ended.end();
  // The frame pool gives out what came back last: the same address.
  simulation.spawn(note(simulation, 4s, 'b', log));
  simulation.run_until(start_of_time + 2s);
  simulation.spawn(note(simulation, 2s, 'c', log));
  simulation.run();
  CHECK(log == "cab");
}

TEST_CASE("the processes of a scope end together, oldest first") {
  Simulation simulation;
  std::string log;
  {
    Scope scope(simulation);
    for (const char name : {'a', 'b', 'c'}) scope.spawn(live(simulation, name, log));
    simulation.run_until(start_of_time + 1s);
    CHECK_FALSE(scope.empty());
    CHECK(log.empty());
  }
  CHECK(log == "abc");
  simulation.run();
  CHECK(log == "abc");
}

TEST_CASE("processes that wait when the simulation ends are ended, and give back what they hold") {
  Resource resource(1);
  Signal forever;
  {
    Simulation simulation;
    for (int i = 0; i < 3; ++i) simulation.spawn(hold(resource, forever));
    simulation.run();
    CHECK(resource.in_use() == 1);
    CHECK(resource.queue_length() == 2);
  }
  CHECK(resource.in_use() == 0);
  CHECK(resource.queue_length() == 0);
}

TEST_CASE("a process that never started ends as quietly as any") {
  std::string log;
  {
    Simulation simulation;
    ProcessRef ref = simulation.spawn(live(simulation, 'a', log));
    ref.end();
    simulation.run();
    simulation.spawn(live(simulation, 'b', log));
    const Process never_spawned = live(simulation, 'c', log);
  }
  CHECK(log.empty());  // none came as far as its first line
}

TEST_CASE("a process that is due at this instant can still be ended by one that comes before it") {
  Simulation simulation;
  std::string log;
  ProcessRef victim;
  simulation.spawn(end_at(simulation, 1s, victim));
  victim = simulation.spawn(note(simulation, 1s, 'x', log));
  simulation.run();
  CHECK(log.empty());
  CHECK_FALSE(victim.alive());
}

TEST_CASE("ending a process that has ended does nothing") {
  Simulation simulation;
  std::string log;
  ProcessRef victim = simulation.spawn(note(simulation, 1s, 'x', log));
  simulation.run();
  CHECK_FALSE(victim.alive());
  victim.end();
  CHECK(log == "x");
}

TEST_CASE("a process that ends itself runs on to its next suspension and is gone, with its tasks") {
  Simulation simulation;
  std::string log;
  ProcessRef self;
  self = simulation.spawn(end_itself(simulation, self, log));
  simulation.run();
  CHECK(log == "etp");
}

TEST_CASE("a process that is ended by a task of its own, as that is done, does not go on") {
  Simulation simulation;
  std::string log;
  ProcessRef self;
  self = simulation.spawn(end_itself_by_what_it_awaits(self, log));
  simulation.spawn(note(simulation, 1s, 'n', log));
  simulation.run();
  CHECK(log == "tpn");
}

TEST_CASE("a process that ends itself and returns harms none that comes after it") {
  Simulation simulation;
  std::string log;
  ProcessRef self;
  self = simulation.spawn(end_itself_and_return(simulation, self, log));
  simulation.spawn(note(simulation, 2s, 'n', log));
  simulation.run();
  CHECK(log == "rn");
}

TEST_CASE("a process that ends itself again while it ends harms none that comes after it") {
  Simulation simulation;
  std::string log;
  ProcessRef self;
  self = simulation.spawn(end_itself_twice(simulation, self));
  simulation.spawn(note(simulation, 2s, 'n', log));
  simulation.run();
  CHECK(log == "n");
}

TEST_CASE("a process that owns others takes them along") {
  Simulation simulation;
  std::string log;
  ProcessRef owner = simulation.spawn(own(simulation, 'c', log));
  simulation.run_until(start_of_time + 1s);
  owner.end();
  CHECK(log == "c");
}

TEST_CASE("a reference follows when it is moved, and dropping it ends nothing") {
  Simulation simulation;
  std::string log;
  {
    ProcessRef first = simulation.spawn(note(simulation, 1s, 'x', log));
    ProcessRef second = std::move(first);
    CHECK(second.alive());
  }
  simulation.run();
  CHECK(log == "x");
}
