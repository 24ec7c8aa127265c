#include <benchmark/benchmark.h>

#include <cstdint>

#include "sim/resource.hpp"
#include "sim/timeout.hpp"

using namespace sixslots::sim;

namespace {

Process delay_forever(Simulation& simulation) {
  for (;;) co_await simulation.delay(Duration(1000));
}

Process acquire_forever(Simulation& simulation, Resource& resource) {
  for (;;) {
    const Lease unit = co_await resource.acquire();
    co_await simulation.delay(Duration(1000));
  }
}

Task<> work(Simulation& simulation) { co_await simulation.delay(Duration(1000)); }

Process limit_forever(Simulation& simulation) {
  for (;;) {
    Task<> task = work(simulation);
    co_await within(Duration(30'000), task);
  }
}

/// Runs until as many events have happened as the benchmark wants, by the thousand microseconds.
void run(Simulation& simulation, benchmark::State& state, std::uint64_t events_each) {
  const std::uint64_t before = simulation.events();
  for (auto _ : state) simulation.run_until(simulation.after(Duration(1'000'000)));
  const std::uint64_t events = simulation.events() - before;
  state.SetItemsProcessed(static_cast<std::int64_t>(events / events_each));
}

void process_switch(benchmark::State& state) {
  Simulation simulation;
  for (int i = 0; i < state.range(0); ++i) simulation.spawn(delay_forever(simulation));
  run(simulation, state, 1);
}

void timer_set_and_cancelled(benchmark::State& state) {
  Simulation simulation;
  for (int i = 0; i < state.range(0); ++i) simulation.spawn(limit_forever(simulation));
  run(simulation, state, 1);
}

/// Half of the processes hold a unit while the other half waits.
void acquire_and_release(benchmark::State& state) {
  Resource resource(static_cast<int>(state.range(0)) / 2);
  Simulation simulation;
  for (int i = 0; i < state.range(0); ++i) simulation.spawn(acquire_forever(simulation, resource));
  run(simulation, state, 2);
}

}  // namespace

BENCHMARK(process_switch)->Arg(1)->Arg(1000);
BENCHMARK(timer_set_and_cancelled)->Arg(1)->Arg(1000);
BENCHMARK(acquire_and_release)->Arg(2)->Arg(1000);
