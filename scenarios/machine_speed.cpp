#include "scenarios/machine_speed.hpp"

#include <cassert>
#include <cmath>

namespace sixslots::scenarios {

namespace {

using models::Duration;
using models::ProcessorTime;

constexpr double step = 1.189207115002721;  // a fourth root of two: four steps double it

Duration times(Duration time, double slowness) {
  return Duration(static_cast<std::int64_t>(static_cast<double>(time.count()) * slowness));
}

ProcessorTime times(const ProcessorTime& cost, double slowness) {
  return {.call = times(cost.call, slowness),
          .start = times(cost.start, slowness),
          .wake = times(cost.wake, slowness),
          .receive = times(cost.receive, slowness),
          .timer = times(cost.timer, slowness),
          .first_call = times(cost.first_call, slowness),
          .first_send = times(cost.first_send, slowness),
          .secure = times(cost.secure, slowness)};
}

}  // namespace

std::optional<Slowness> slowness_that_holds(const MeasuredCase& measured) {
  std::optional<Slowness> holds;
  MeasuredCase elsewhere = measured;
  for (double slowness = slowness_tried.least; slowness < slowness_tried.most * std::sqrt(step);
       slowness *= step) {
    elsewhere.script.browser.processor_time =
        times(measured.script.browser.processor_time, slowness);
    if (!replay(elsewhere).passed()) continue;
    holds = {.least = holds ? holds->least : slowness, .most = slowness};
  }
  return holds;
}

MachineSpeeds speeds_of_failing(std::span<const MeasuredCase> cases,
                                std::span<const JudgedCase> judged) {
  assert(cases.size() == judged.size());
  MachineSpeeds speeds;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (judged[i].passed()) continue;
    if (const auto holds = slowness_that_holds(cases[i])) speeds.emplace(cases[i].key, *holds);
  }
  return speeds;
}

}  // namespace sixslots::scenarios
