#include <benchmark/benchmark.h>

#include "tests/models/worlds.hpp"

using namespace sixslots;
using namespace std::chrono_literals;

// Many users, each a browser with one event stream: what it takes until all are there, and idle.

namespace {

void fleet_of_clients(benchmark::State& state) {
  models::WorldSpec spec = models::testing::hand_world("single-stream", 1, models::Protocol::http1);
  spec.requests.clear();
  spec.fleet.users = static_cast<int>(state.range(0));
  spec.fleet.arrive_within = 10s;
  models::RunSpec run;
  run.duration = 20s;
  for (auto _ : state) {
    const models::Observations seen = models::run(spec, run);
    if (seen.streams_opened != static_cast<std::uint64_t>(state.range(0))) {
      state.SkipWithError("not every stream was opened");
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

}  // namespace

BENCHMARK(fleet_of_clients)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(fleet_of_clients)->Arg(1'000'000)->Repetitions(1)->Unit(benchmark::kMillisecond);
