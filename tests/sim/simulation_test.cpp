#include "sim/simulation.hpp"

#include <string>
#include <vector>

#include "sim/task.hpp"
#include "tests/catch.hpp"
#include "tests/sim/allocations.hpp"

using namespace sixslots::sim;
using namespace std::chrono_literals;

namespace {

Process note_after(Simulation& simulation, Duration delay, char name, std::string& log) {
  co_await simulation.delay(delay);
  log += name;
}

Process note_last(Simulation& simulation, Duration delay, char name, std::string& log) {
  co_await simulation.delay_last(delay);
  log += name;
}

Process note_twice(Simulation& simulation, Duration delay, char name, std::string& log) {
  co_await simulation.delay(delay);
  log += name;
  co_await simulation.delay(0s);
  log += name;
}

Process note_two_apart(Simulation& simulation, Duration delay, char name, std::string& log) {
  co_await simulation.delay(delay);
  log += name;
  co_await simulation.delay(1s);
  log += name;
}

Process note_overdue(Simulation& simulation, std::string& log) {
  Delay delay = simulation.delay(1s);
  co_await simulation.delay(2s);
  co_await delay;
  log += 'o';
}

Process keep_time(Simulation& simulation, std::vector<Time>& log) {
  for (;;) {
    co_await simulation.delay(1s);
    log.push_back(simulation.now());
  }
}

Process wait_and_count(Simulation& simulation, Duration delay, int& count) {
  co_await simulation.delay(delay);
  ++count;
}

Process wait_until_and_count(Simulation& simulation, Time time, int& count) {
  co_await simulation.until(time);
  ++count;
}

Process tick(Simulation& simulation, Duration period) {
  for (;;) co_await simulation.delay(period);
}

Task<int> answer(Simulation& simulation) {
  co_await simulation.delay(1us);
  co_return 42;
}

Process ask(Simulation& simulation, int& sum) {
  const int result = co_await answer(simulation);
  sum += result;
}

Process spawn_all_the_time(Simulation& simulation, int& sum) {
  for (;;) {
    simulation.spawn(ask(simulation, sum));
    co_await simulation.delay(300ns);
  }
}

}  // namespace

TEST_CASE("what is spawned after a run before a moment comes after what was scheduled for it") {
  // The moment stands in a bucket of its own, or in one of many others.
  for (const Duration moment : {Duration(std::int64_t{1} << 40), Duration(100s)}) {
    Simulation simulation;
    std::string log;
    simulation.spawn(note_after(simulation, moment, 'a', log));
    int later = 0;
    for (int i = 1; i <= 100; ++i) {
      simulation.spawn(wait_and_count(simulation, moment + i * 200ns, later));
    }
    CHECK(simulation.run_before(start_of_time + moment, UINT64_MAX));
    simulation.spawn(note_after(simulation, 0s, 'b', log));
    simulation.run();
    CHECK(log == "ab");
  }
}

TEST_CASE("what runs before a moment leaves what is for that moment") {
  Simulation simulation;
  std::string log;
  simulation.spawn(note_after(simulation, 999'999'999ns, 'a', log));
  simulation.spawn(note_after(simulation, 1s, 'b', log));
  CHECK(simulation.run_before(start_of_time + 1s, UINT64_MAX));
  CHECK(log == "a");
  CHECK(simulation.now() == start_of_time + 1s);
  simulation.run_until(start_of_time + 1s);
  CHECK(log == "ab");
}

TEST_CASE("a last delay ends after all else of its instant, also what is scheduled then") {
  std::string log;
  Simulation simulation;
  simulation.spawn(note_last(simulation, 5s, 'x', log));
  simulation.spawn(note_last(simulation, 5s, 'y', log));
  simulation.spawn(note_twice(simulation, 5s, 'a', log));
  simulation.spawn(note_after(simulation, 6s, 'z', log));
  simulation.run();
  CHECK(log == "aaxyz");
}

TEST_CASE("what is scheduled for one instant happens in the order scheduled") {
  Simulation simulation;
  std::string log;
  simulation.spawn(note_twice(simulation, 2s, 'a', log));
  simulation.spawn(note_after(simulation, 1s, 'b', log));
  simulation.spawn(note_twice(simulation, 2s, 'c', log));
  simulation.spawn(note_after(simulation, 2s, 'd', log));
  simulation.run();
  CHECK(log == "bacdac");
}

TEST_CASE("a run includes its last instant and stops the clock there") {
  Simulation simulation;
  std::vector<Time> log;
  simulation.spawn(keep_time(simulation, log));
  simulation.run_until(start_of_time + 3s);
  CHECK(log.size() == 3);
  CHECK(simulation.now() == start_of_time + 3s);
  simulation.run_until(start_of_time + 3500ms);
  CHECK(log.size() == 3);
  CHECK(simulation.now() == start_of_time + 3500ms);
  simulation.run_until(start_of_time + 4s);
  CHECK(log.back() == start_of_time + 4s);
}

TEST_CASE("after a run that stopped short of a far event, nearer ones come first") {
  Simulation simulation;
  std::string log;
  simulation.spawn(note_after(simulation, 1h, 'z', log));
  simulation.run_until(start_of_time + 1s);
  simulation.spawn(note_after(simulation, 2s, 'b', log));
  simulation.spawn(note_after(simulation, 1s, 'a', log));
  simulation.run();
  CHECK(log == "abz");
}

TEST_CASE("a delay beyond the end of time ends there") {
  Simulation simulation;
  std::string log;
  simulation.spawn(note_after(simulation, 1s, 'a', log));
  simulation.run_until(start_of_time + 1s);
  simulation.spawn(note_after(simulation, Duration::max(), 'b', log));
  simulation.run_until(end_of_time - 1ns);
  CHECK(log == "a");
  simulation.run_until(end_of_time);
  CHECK(log == "ab");
}

TEST_CASE("near the end of time, what is scheduled later still comes later") {
  Simulation simulation;
  std::string log;
  simulation.spawn(note_after(simulation, Duration::max(), 'z', log));
  simulation.spawn(note_two_apart(simulation, Duration(8'700'000'000'000'000'000), 'a', log));
  simulation.run();
  CHECK(log == "aaz");
}

TEST_CASE("a delay that is awaited when its moment has passed does not wait") {
  Simulation simulation;
  std::string log;
  simulation.spawn(note_overdue(simulation, log));
  simulation.run();
  CHECK(log == "o");
  CHECK(simulation.now() == start_of_time + 2s);
}

TEST_CASE("waiting until a moment that has passed does not wait") {
  Simulation simulation;
  simulation.run_until(start_of_time + 5s);
  int count = 0;
  simulation.spawn(wait_until_and_count(simulation, start_of_time + 1s, count));
  simulation.run_until(start_of_time + 5s);
  CHECK(count == 1);
}

TEST_CASE("a million processes wait at the same time, in 128 bytes each and 64 in the agenda") {
  constexpr int many = 1'000'000;
  int count = 0;
  const std::size_t before = testing::allocations().bytes_in_use;
  {
    Simulation simulation;
    for (int i = 0; i < many; ++i) {
      simulation.spawn(wait_and_count(simulation, 1s + Duration(i % 1000), count));
    }
    simulation.run_until(start_of_time + 500ms);
    if (testing::counts_allocations) {
      CHECK((testing::allocations().bytes_in_use - before) / many <= 128 + 64);
    }
    simulation.run_until(start_of_time + 2s);
    CHECK(count == many);
  }
}

TEST_CASE("a pending timer takes at most 64 bytes") {
  if (!testing::counts_allocations) return;
  constexpr std::uint64_t many = 1'000'000;
  const std::size_t before = testing::allocations().bytes_in_use;
  EventQueue agenda;
  for (std::uint64_t i = 0; i < many; ++i) agenda.push(start_of_time + Duration(i * i), i);
  const std::size_t cell = 2 * 16;  // in a vector that may have just doubled
  CHECK((testing::allocations().bytes_in_use - before) / many + cell <= 64);
}

TEST_CASE("once warm, a simulation allocates nothing") {
  if (!testing::counts_allocations) return;
  Simulation simulation;
  int sum = 0;
  for (int i = 1; i <= 100; ++i) simulation.spawn(tick(simulation, Duration(i * 997)));
  simulation.spawn(spawn_all_the_time(simulation, sum));
  simulation.run_until(start_of_time + 10ms);
  const std::size_t before = testing::allocations().count;
  simulation.run_until(start_of_time + 50ms);
  CHECK(testing::allocations().count == before);
  CHECK(simulation.events() > 500'000);
}
