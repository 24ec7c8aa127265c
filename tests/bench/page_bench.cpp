#include <benchmark/benchmark.h>

#include "tests/models/worlds.hpp"

using namespace sixslots;
using namespace std::chrono_literals;

// The whole model: a page that makes so many short requests at once, over the six connections of
// HTTP/1.1 or the hundred streams of HTTP/2, without records.

namespace {

models::WorldSpec page(models::Protocol protocol, std::int64_t requests) {
  models::WorldSpec spec = models::testing::hand_world("stream-per-row", 0, protocol);
  spec.requests[0].by_user = false;
  spec.requests[0].arrivals.at.assign(static_cast<std::size_t>(requests), 2s);
  return spec;
}

void simulate(benchmark::State& state, const models::WorldSpec& spec) {
  const std::int64_t requests = state.range(0);
  models::RunSpec run;
  run.duration = 10s + requests * 30ms;  // six at a time, 120 ms each
  std::uint64_t answered = 0;
  for (auto _ : state) answered += models::run(spec, run).flows[0].latency.finished();
  if (answered != static_cast<std::uint64_t>(state.iterations() * requests)) {
    state.SkipWithError("not every request was answered");
  }
  state.SetItemsProcessed(state.iterations() * requests);
}

void page_of_requests(benchmark::State& state, models::Protocol protocol) {
  simulate(state, page(protocol, state.range(0)));
}

/// What peers/pages_lantern.mjs simulates: answers of 20 kB that share a link of 1 Gbit/s.
void page_of_answers(benchmark::State& state, models::Protocol protocol) {
  models::WorldSpec spec = page(protocol, state.range(0));
  spec.network.rtt = 40ms;
  spec.network.down.bits_per_second = 1'000'000'000;
  spec.hops.back().service = sim::Distribution::constant(30ms);
  spec.page.document_size = models::Bytes{20'000};
  spec.requests[0].response_size = models::Bytes{20'000};
  simulate(state, spec);
}

/// Ten requests under way at any moment, for so many of them.
void stream_of_requests(benchmark::State& state) {
  models::WorldSpec spec = page(models::Protocol::http1, 0);
  models::Arrivals& arrivals = spec.requests[0].arrivals;
  arrivals.process = models::Arrivals::Process::every;
  arrivals.every = 25ms;
  models::RunSpec run;
  run.duration = 25ms * state.range(0);
  for (auto _ : state) benchmark::DoNotOptimize(models::run(spec, run));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

}  // namespace

BENCHMARK_CAPTURE(page_of_requests, http1, models::Protocol::http1)
    ->Arg(50)
    ->Arg(1000)
    ->Arg(20'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(page_of_requests, http2, models::Protocol::http2)
    ->Arg(50)
    ->Arg(1000)
    ->Arg(20'000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(stream_of_requests)->Arg(1000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(page_of_answers, http1, models::Protocol::http1)
    ->Arg(50)
    ->Arg(1000)
    ->Arg(20'000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(page_of_answers, http2, models::Protocol::http2)
    ->Arg(50)
    ->Arg(1000)
    ->Arg(20'000)
    ->Unit(benchmark::kMicrosecond);
