#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>

#include "reports/html.hpp"
#include "reports/json.hpp"
#include "reports/terminal.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/reader.hpp"

using namespace sixslots;

// What stands before and after a simulation: reading a scenario, and writing reports.

namespace {

constexpr const char* course = "scenarios/course/01-the-button-that-hangs.toml";

void read_scenario(benchmark::State& state) {
  std::ifstream file(course);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  for (auto _ : state) benchmark::DoNotOptimize(scenarios::read_scenario(text, course));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void write_report(benchmark::State& state, std::string (*render)(const scenarios::Results&)) {
  const scenarios::Results results =
      scenarios::run_experiment(scenarios::read_scenario_file(course));
  std::size_t bytes = 0;
  for (auto _ : state) bytes += render(results).size();
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

std::string terminal(const scenarios::Results& results) {
  return reports::terminal_report(results, {});
}

/// As many replications at once as the benchmark's argument says.
void replications_on_threads(benchmark::State& state) {
  scenarios::Scenario scenario = scenarios::read_scenario_file(course);
  scenario.run.replications = 100;
  const scenarios::Effort effort{static_cast<int>(state.range(0)), false};
  for (auto _ : state) benchmark::DoNotOptimize(run_experiment(scenario, {}, effort));
}

}  // namespace

BENCHMARK(read_scenario)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(write_report, terminal, terminal)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(write_report, json, reports::json_report)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(write_report, html, reports::html_report)->Unit(benchmark::kMicrosecond);
BENCHMARK(replications_on_threads)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
