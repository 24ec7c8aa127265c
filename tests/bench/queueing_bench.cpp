#include <benchmark/benchmark.h>

#include <algorithm>

#include "sim/resource.hpp"
#include "sim/ring.hpp"
#include "sim/signal.hpp"
#include "sim/variates.hpp"

using namespace sixslots::sim;

// An M/M/1 queue at a load of 0.9, the usual yardstick of simulation kernels, in two styles, an
// M/M/6 in the second, and beside them without an event list, and without any event: what variates
// and arithmetic alone cost.

namespace {

constexpr int customers = 100'000;

struct Queue {
  explicit Queue(int servers = 1)
      : between(Distribution::exponential(Duration(1'111'111) / servers),
                {1, 0, entity_id("queue"), Purpose::arrival}) {}

  Variates between;
  Variates service{Distribution::exponential(Duration(1'000'000)),
                   {1, 0, entity_id("queue"), Purpose::service}};
  Duration waited{};
};

struct Store {
  Ring<Time> customers;
  Signal filled;
};

Process arrive_into(Simulation& simulation, Queue& queue, Store& store) {
  for (int i = 0; i < customers; ++i) {
    co_await simulation.delay(queue.between.next());
    store.customers.push(simulation.now());
    store.filled.pulse();
  }
}

Process serve_from(Simulation& simulation, Queue& queue, Store& store) {
  for (int i = 0; i < customers; ++i) {
    if (store.customers.empty()) co_await store.filled.wait();
    queue.waited += simulation.now() - store.customers.pop();
    co_await simulation.delay(queue.service.next());
  }
}

void mm1_with_a_server_process(benchmark::State& state) {
  for (auto _ : state) {
    Queue queue;
    Store store;
    Simulation simulation;
    simulation.spawn(arrive_into(simulation, queue, store));
    simulation.spawn(serve_from(simulation, queue, store));
    simulation.run();
    benchmark::DoNotOptimize(queue.waited);
  }
  state.SetItemsProcessed(state.iterations() * customers);
}

Process visit(Simulation& simulation, Queue& queue, Resource& server) {
  const Time arrived = simulation.now();
  const Lease unit = co_await server.acquire();
  queue.waited += simulation.now() - arrived;
  co_await simulation.delay(queue.service.next());
}

Process arrive_at(Simulation& simulation, Queue& queue, Resource& server) {
  for (int i = 0; i < customers; ++i) {
    co_await simulation.delay(queue.between.next());
    simulation.spawn(visit(simulation, queue, server));
  }
}

void with_a_process_per_customer(benchmark::State& state, int servers) {
  for (auto _ : state) {
    Queue queue(servers);
    Resource server(servers);
    Simulation simulation;
    simulation.spawn(arrive_at(simulation, queue, server));
    simulation.run();
    benchmark::DoNotOptimize(queue.waited);
  }
  state.SetItemsProcessed(state.iterations() * customers);
}

void mm1_with_a_process_per_customer(benchmark::State& state) {
  with_a_process_per_customer(state, 1);
}

void mm6_with_a_process_per_customer(benchmark::State& state) {
  with_a_process_per_customer(state, 6);
}

/// In place of an event list two clocks, the next arrival's and the next departure's.
Duration wait_by_two_clocks(Queue& queue) {
  Ring<Time> waiting;
  Time arrival = start_of_time + queue.between.next();
  Time departure = end_of_time;
  for (int arrived = 0, served = 0; served < customers;) {
    if (arrival <= departure) {
      if (departure == end_of_time) {
        departure = arrival + queue.service.next();
      } else {
        waiting.push(arrival);
      }
      arrival = ++arrived < customers ? arrival + queue.between.next() : end_of_time;
      continue;
    }
    ++served;
    if (waiting.empty()) {
      departure = end_of_time;
    } else {
      queue.waited += departure - waiting.pop();
      departure += queue.service.next();
    }
  }
  return queue.waited;
}

void mm1_without_an_event_list(benchmark::State& state) {
  for (auto _ : state) {
    Queue queue;
    benchmark::DoNotOptimize(wait_by_two_clocks(queue));
  }
  state.SetItemsProcessed(state.iterations() * customers);
}

/// Lindley's recursion (1952): each wait from the one before.
void mm1_without_events(benchmark::State& state) {
  for (auto _ : state) {
    Queue queue;
    Duration wait{};
    for (int i = 0; i < customers; ++i) {
      queue.waited += wait;
      wait += queue.service.next() - queue.between.next();
      wait = std::max(wait, Duration::zero());
    }
    benchmark::DoNotOptimize(queue.waited);
  }
  state.SetItemsProcessed(state.iterations() * customers);
}

}  // namespace

BENCHMARK(mm1_with_a_server_process)->Unit(benchmark::kMillisecond);
BENCHMARK(mm1_with_a_process_per_customer)->Unit(benchmark::kMillisecond);
BENCHMARK(mm6_with_a_process_per_customer)->Unit(benchmark::kMillisecond);
BENCHMARK(mm1_without_an_event_list)->Unit(benchmark::kMillisecond);
BENCHMARK(mm1_without_events)->Unit(benchmark::kMillisecond);
