#include <benchmark/benchmark.h>

#include <queue>
#include <vector>

#include "sim/distribution.hpp"
#include "sim/event_queue.hpp"

using namespace sixslots::sim;

// The hold model (Vaucher and Duval, CACM 1975): take the next event, schedule one in its place.

namespace {

struct Later {
  bool operator()(const Event& a, const Event& b) const { return a.place() > b.place(); }
};

/// What most simulators use, for comparison; it does not keep equal times in order.
class BinaryHeap {
 public:
  void push(Time time, std::uint64_t payload) { heap_.push({time, Turn::in_order, payload}); }
  Event pop() {
    const Event event = heap_.top();
    heap_.pop();
    return event;
  }

 private:
  std::priority_queue<Event, std::vector<Event>, Later> heap_;
};

/// Drawn in advance, so that only the queue is measured.
const std::vector<Duration>& increments() {
  static const std::vector<Duration> drawn = [] {
    RandomStream random(1, 0, entity_id("hold"), Purpose::arrival);
    const auto increment = Distribution::exponential(std::chrono::seconds(1));
    std::vector<Duration> result;
    for (int i = 0; i < 1 << 16; ++i) result.push_back(increment.sample(random));
    return result;
  }();
  return drawn;
}

template <class Queue>
void hold(benchmark::State& state) {
  const std::vector<Duration>& gaps = increments();
  const auto pending = static_cast<std::size_t>(state.range(0));
  Queue queue;
  std::size_t next = 0;
  const auto gap = [&] { return gaps[next++ % gaps.size()]; };
  for (std::size_t i = 0; i < pending; ++i) queue.push(start_of_time + gap(), i);
  const auto hold_once = [&] {
    const Event event = queue.pop();
    queue.push(event.time() + gap(), event.payload);
  };
  for (std::size_t i = 0; i < pending; ++i) hold_once();
  for (auto _ : state) hold_once();
  state.SetItemsProcessed(state.iterations());
}

}  // namespace

BENCHMARK(hold<EventQueue>)->Arg(1000)->Arg(100'000)->Arg(1'000'000);
BENCHMARK(hold<BinaryHeap>)->Arg(1000)->Arg(100'000)->Arg(1'000'000);
