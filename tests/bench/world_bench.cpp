#include <benchmark/benchmark.h>

#include "models/connection_pool.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/reader.hpp"
#include "sim/simulation.hpp"
#include "tests/models/worlds.hpp"

using namespace sixslots;
using namespace std::chrono_literals;

namespace {

sim::Process request_forever(sim::Simulation& simulation, models::PoolGroup& group) {
  for (;;) {
    models::Exchange exchange;
    co_await group.acquire(models::RequestKind::fetch, false, exchange);
    co_await simulation.delay(1ms);
    exchange.finish();
  }
}

/// Twelve requests at a time on six connections.
void pool_acquire_and_release(benchmark::State& state) {
  const models::WorldSpec spec =
      models::testing::hand_world("stream-per-row", 0, models::Protocol::http1);
  models::Origin origin;
  sim::Simulation simulation;
  models::Observer observer(simulation, 0, false);
  models::Path path(spec.hops, observer);
  set_up(origin, path, spec.network);
  models::ConnectionPool pool(simulation, spec.browser, spec.network, {}, observer);
  models::PoolGroup& group = pool.group(origin, 0);
  for (int i = 0; i < 12; ++i) pool.spawn(request_forever(simulation, group));
  simulation.run_until(simulation.after(1s));
  for (auto _ : state) simulation.run_until(simulation.after(1ms));
  state.SetItemsProcessed(6 * state.iterations());
}

/// A minute of a page with twenty rows and a click every ten seconds.
void replication_of_a_page(benchmark::State& state, std::string_view design) {
  models::WorldSpec spec = models::testing::hand_world(design, 20, models::Protocol::http1);
  spec.page.updates.rate = 0.2;
  spec.requests[0].arrivals.process = models::Arrivals::Process::poisson;
  models::RunSpec run;
  for (auto _ : state) {
    ++run.random.replication;
    benchmark::DoNotOptimize(models::run(spec, run));
  }
  state.counters["replications/s"] =
      benchmark::Counter(1, benchmark::Counter::kIsIterationInvariantRate);
}

void course_scenario(benchmark::State& state) {
  const std::string file = "scenarios/course/01-the-button-that-hangs.toml";
  for (auto _ : state) {
    const scenarios::Scenario scenario = scenarios::read_scenario_file(file);
    benchmark::DoNotOptimize(scenarios::run_experiment(scenario));
  }
}

}  // namespace

BENCHMARK(pool_acquire_and_release);
BENCHMARK_CAPTURE(replication_of_a_page, streams, "stream-per-row");
BENCHMARK_CAPTURE(replication_of_a_page, polling, "poll-per-row");
BENCHMARK(course_scenario)->Unit(benchmark::kMillisecond);
