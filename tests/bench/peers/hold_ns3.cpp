// The hold model in ns-3: so many pending events, each of which schedules another one. Prints a
// line of JSON for each size, events a second with the best of ns-3's schedulers.
//   hold_ns3 [NAME...]    these benchmarks, otherwise all

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "ns3/double.h"
#include "ns3/object-factory.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"

namespace {

std::vector<ns3::Time> gaps;  // drawn in advance, so that only the events are measured
std::size_t next_gap = 0;
long left = 0;
constexpr long events = 200'000;

void hold() {
  if (--left <= 0) ns3::Simulator::Stop();
  ns3::Simulator::Schedule(gaps[next_gap++ % gaps.size()], &hold);
}

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double events_per_second(const char* scheduler, long pending) {
  ns3::Simulator::SetScheduler(ns3::ObjectFactory(scheduler));
  for (long i = 0; i < pending; ++i) {
    ns3::Simulator::Schedule(gaps[next_gap++ % gaps.size()], &hold);
  }
  left = events;
  const double start = seconds();
  ns3::Simulator::Run();
  const double speed = static_cast<double>(events) / (seconds() - start);
  ns3::Simulator::Destroy();
  return speed;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> wanted(argv + 1, argv + argc);
  auto random = ns3::CreateObject<ns3::ExponentialRandomVariable>();
  random->SetAttribute("Mean", ns3::DoubleValue(1.0));
  for (int i = 0; i < 1 << 16; ++i) gaps.push_back(ns3::Seconds(random->GetValue()));
  for (const long pending : {1000L, 100'000L, 1'000'000L}) {
    const std::string name = "hold<EventQueue>/" + std::to_string(pending);
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
    double best = 0.0;
    for (const char* scheduler : {"ns3::MapScheduler", "ns3::PriorityQueueScheduler"}) {
      best = std::max(best, events_per_second(scheduler, pending));
    }
    std::printf("{\"peer\": \"ns-3\", \"name\": \"%s\", \"per_second\": %.0f}\n", name.c_str(),
                best);
  }
}
