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

void page_of_requests(benchmark::State& state, models::Protocol protocol) {
  const std::int64_t requests = state.range(0);
  const models::WorldSpec spec = page(protocol, requests);
  models::RunSpec run;
  run.duration = 10s + requests * 30ms;  // six at a time, 120 ms each
  std::uint64_t answered = 0;
  for (auto _ : state) answered += models::run(spec, run).flows[0].latency.finished();
  if (answered != static_cast<std::uint64_t>(state.iterations() * requests)) {
    state.SkipWithError("not every request was answered");
  }
  state.SetItemsProcessed(state.iterations() * requests);
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
