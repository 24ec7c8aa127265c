#include "sim/resource.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "sim/distribution.hpp"
#include "tests/catch.hpp"

using namespace sixslots::sim;
using namespace std::chrono_literals;

namespace {

struct Visit {
  char name;
  Duration arrives;
  Duration stays;
  std::size_t priority = 0;
};

/// Notes who is served, and after what wait in seconds: "a0 b2 ".
Process use(Simulation& simulation, Resource& resource, Visit visit, std::string& log) {
  co_await simulation.delay(visit.arrives);
  const Time arrived = simulation.now();
  const Lease unit = co_await resource.acquire(visit.priority);
  log += visit.name + std::to_string((simulation.now() - arrived) / 1s) + ' ';
  co_await simulation.delay(visit.stays);
}

std::string served(int capacity, const std::vector<Visit>& visits) {
  Resource resource(capacity);
  Simulation simulation;
  std::string log;
  for (const Visit& visit : visits) simulation.spawn(use(simulation, resource, visit, log));
  simulation.run();
  CHECK(resource.in_use() == 0);
  return log;
}

Process end_at(Simulation& simulation, Duration delay, ProcessRef& other) {
  co_await simulation.delay(delay);
  other.end();
}

Process use_twice(Simulation& simulation, Resource& resource, std::string& log) {
  Lease first = co_await resource.acquire();
  co_await simulation.delay(1s);
  first.release();
  const Lease again = co_await resource.acquire();
  log += "again ";
}

Process take(Resource& resource, Lease& into) {
  Lease unit = co_await resource.acquire();
  into = std::move(unit);
}

}  // namespace

TEST_CASE("the seventh request waits for a slot") {
  const Visit six = {'x', 0s, 5s};
  CHECK(served(6, {six, six, six, six, six, six, {'g', 1s, 1s}}) == "x0 x0 x0 x0 x0 x0 g4 ");
}

TEST_CASE("a slot freed at an instant serves an arrival at that instant without waiting") {
  CHECK(served(1, {{'a', 0s, 2s}, {'b', 2s, 1s}}) == "a0 b0 ");
  CHECK(served(1, {{'b', 2s, 1s}, {'a', 0s, 2s}}) == "a0 b0 ");
}

TEST_CASE("those who wait are served in the order they came") {
  CHECK(served(1, {{'a', 0s, 10s}, {'c', 2s, 1s}, {'b', 1s, 1s}}) == "a0 b9 c9 ");
}

TEST_CASE("a lower priority class waits for every higher one, and preempts nobody") {
  CHECK(served(1, {{'a', 0s, 10s, 7}, {'b', 1s, 1s, 7}, {'c', 2s, 1s, 1}, {'d', 3s, 1s, 0}}) ==
        "a0 d7 c9 b11 ");
}

TEST_CASE("who gives a unit back does not overtake those who wait for it") {
  Resource resource(1);
  Simulation simulation;
  std::string log;
  simulation.spawn(use_twice(simulation, resource, log));
  simulation.spawn(use(simulation, resource, {'b', 500ms, 1s}, log));
  simulation.run();
  CHECK(log == "b0 again ");
}

TEST_CASE("a newcomer at the instant of a hand-over does not overtake") {
  CHECK(served(1, {{'a', 0s, 2s}, {'b', 1s, 1s}, {'c', 2s, 1s}}) == "a0 b1 c1 ");
}

TEST_CASE("who gives up waiting leaves the queue") {
  Resource resource(1);
  Simulation simulation;
  std::string log;
  ProcessRef impatient;
  simulation.spawn(use(simulation, resource, {'a', 0s, 4s}, log));
  impatient = simulation.spawn(use(simulation, resource, {'b', 1s, 1s}, log));
  simulation.spawn(use(simulation, resource, {'c', 2s, 1s}, log));
  simulation.spawn(end_at(simulation, 3s, impatient));
  simulation.run_until(start_of_time + 2500ms);
  CHECK(resource.queue_length() == 2);
  simulation.run_until(start_of_time + 3s);
  CHECK(resource.queue_length() == 1);
  simulation.run();
  CHECK(log == "a0 c2 ");
}

TEST_CASE("a unit that was granted and never taken goes to the next in the queue") {
  Resource resource(1);
  Simulation simulation;
  std::string log;
  ProcessRef unlucky;
  simulation.spawn(use(simulation, resource, {'a', 0s, 3s}, log));
  unlucky = simulation.spawn(use(simulation, resource, {'b', 1s, 1s}, log));
  simulation.spawn(use(simulation, resource, {'c', 2s, 1s}, log));
  simulation.run_until(start_of_time + 2s);
  simulation.spawn(end_at(simulation, 1s, unlucky));  // comes after a's end, before b wakes
  simulation.run();
  CHECK(log == "a0 c1 ");
  CHECK(resource.in_use() == 0);
}

TEST_CASE("a lease that is moved gives its unit back once") {
  Resource resource(2);
  Simulation simulation;
  Lease kept;
  simulation.spawn(take(resource, kept));
  simulation.run();
  CHECK(resource.in_use() == 1);
  Lease moved = std::move(kept);
  kept.release();
  CHECK(resource.in_use() == 1);
  moved.release();
  moved.release();
  CHECK(resource.in_use() == 0);
}

namespace {

struct Waits {
  double mean = 0;
  double share = 0;  // of those who waited at all
};

/// Customers of an M/M/c queue with mean service 1 s, those of the warm-up left out.
struct Queue {
  explicit Queue(int servers) : resource(servers) {}
  static constexpr int warm_up = 2000;
  static constexpr int customers = 10000;
  Resource resource;
  int seen = 0;
  int waited = 0;
  Duration wait{};
};

Process visit(Simulation& simulation, Queue& queue, Duration service) {
  const Time arrived = simulation.now();
  const Lease unit = co_await queue.resource.acquire();
  const Duration wait = simulation.now() - arrived;
  if (++queue.seen > Queue::warm_up) {
    queue.wait += wait;
    queue.waited += wait > 0s ? 1 : 0;
  }
  co_await simulation.delay(service);
}

Process arrive(Simulation& simulation, Queue& queue, double load, RandomSource random) {
  const auto gap = Distribution::exponential(Duration(std::llround(1e9 / load)));
  const auto service = Distribution::exponential(1s);
  RandomStream arrivals = random.stream("queue", Purpose::arrival);
  RandomStream services = random.stream("queue", Purpose::service);
  for (int i = 0; i < Queue::warm_up + Queue::customers; ++i) {
    co_await simulation.delay(gap.sample(arrivals));
    simulation.spawn(visit(simulation, queue, service.sample(services)));
  }
}

Waits simulate(int servers, double load, std::uint32_t replication) {
  Queue queue(servers);
  Simulation simulation;
  simulation.spawn(arrive(simulation, queue, load, {7, replication}));
  simulation.run();
  return {seconds(queue.wait) / Queue::customers, 1.0 * queue.waited / Queue::customers};
}

/// Whether the mean of these lies within a 99.9 % interval of the expected value.
bool near(const std::vector<double>& values, double expected) {
  const auto n = static_cast<double>(values.size());
  double mean = 0;
  double squares = 0;
  for (const double value : values) mean += value / n;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double t = 4.781;  // Student, 9 degrees of freedom
  return std::abs(mean - expected) <= t * std::sqrt(squares / (n - 1) / n);
}

/// Erlang C: the probability of waiting.
double erlang_c(int servers, double load) {
  double blocked = 1;
  for (int k = 1; k <= servers; ++k) blocked = load * blocked / (k + load * blocked);
  return blocked / (1 - load / servers * (1 - blocked));
}

}  // namespace

TEST_CASE("waiting for one server or six is what Erlang's formula says") {
  for (const auto& [servers, load] : {std::pair(1, 0.7), std::pair(6, 4.8)}) {
    std::vector<double> means;
    std::vector<double> shares;
    for (std::uint32_t replication = 0; replication < 10; ++replication) {
      const Waits waits = simulate(servers, load, replication);
      means.push_back(waits.mean);
      shares.push_back(waits.share);
    }
    const double share = erlang_c(servers, load);
    CHECK(near(shares, share));
    CHECK(near(means, share / (servers - load)));
  }
}
