#include "reports/charts/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/values.hpp"
#include "sim/math.hpp"

namespace sixslots::reports {
namespace {

constexpr double few_ticks = 6.0;

/// 1, 2 or 5 times a power of ten: the smallest that is at least `wanted`.
double round_step(double wanted) {
  double step = 1e-9;
  while (step * 10.0 <= wanted) step *= 10.0;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * step >= wanted) return factor * step;
  }
  return 10.0 * step;
}

/// Seconds: as people divide minutes and hours.
double time_step(double wanted) {
  for (const double step : {10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0,
                            7200.0, 14400.0, 21600.0, 43200.0, 86400.0}) {
    if (wanted <= 5.0) break;
    if (step >= wanted) return step;
  }
  return round_step(wanted);
}

std::string plain(double value) {
  return value == std::round(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

/// So many tell neighbours apart that lie a step away.
int decimals(double step) {
  int count = 0;
  for (; step < 1.0 - 1e-9; step *= 10.0) ++count;
  return count;
}

}  // namespace

double Axis::at(double value) const {
  const double inside = std::clamp(value, low, high);
  const double share = scale == Scale::linear ? (inside - low) / (high - low)
                                              : sim::log(inside / low) / sim::log(high / low);
  return begin + share * (end - begin);
}

Axis Axis::thinned(double distance) const {
  Axis axis = *this;
  axis.ticks.clear();
  for (const Tick& tick : ticks) {
    const bool first = axis.ticks.empty();
    if (first || std::abs(at(tick.value) - at(axis.ticks.back().value)) >= distance) {
      axis.ticks.push_back(tick);
    }
  }
  return axis;
}

Axis time_axis(double seconds, double begin, double end) {
  Axis axis{.high = seconds > 0.0 ? seconds : 1.0, .begin = begin, .end = end, .ticks = {}};
  const double step = time_step(axis.high / few_ticks);
  for (int i = 0; i * step <= axis.high * (1.0 + 1e-9); ++i) {
    axis.ticks.push_back({i * step, i == 0 ? "0 s" : short_duration(i * step)});
  }
  return axis;
}

Axis latency_axis(double low, double high, double begin, double end) {
  Axis axis{.scale = Axis::Scale::logarithmic, .begin = begin, .end = end, .ticks = {}};
  axis.low = 1e-3;
  while (axis.low * 10.0 <= low && axis.low < 1e3) axis.low *= 10.0;
  axis.high = axis.low * 10.0;
  while (axis.high < high) axis.high *= 10.0;
  for (double decade = axis.low; decade <= axis.high * 1.001; decade *= 10.0) {
    axis.ticks.push_back({decade, short_duration(decade)});
  }
  return axis;
}

Axis number_axis(double most, double begin, double end) {
  const double step = round_step(std::max(most, 1e-6) / few_ticks);
  const double steps = std::max(1.0, std::ceil(most / step - 1e-9));
  Axis axis{.high = steps * step, .begin = begin, .end = end, .ticks = {}};
  for (int i = 0; i <= static_cast<int>(steps); ++i) {
    axis.ticks.push_back({i * step, plain(i * step)});
  }
  return axis;
}

Axis range_axis(double low, double high, double begin, double end) {
  Axis axis{.low = low, .high = high, .begin = begin, .end = end, .ticks = {}};
  if (high - low <= 1e-9 * std::abs(high)) {
    axis.high = low + std::max(1e-9, 1e-9 * std::abs(low));
    axis.ticks = {{low, plain(low)}};
    return axis;
  }
  const double step = round_step((high - low) / few_ticks);
  const double hair = 1e-9 * step;
  const double first = std::ceil((low - hair) / step) + 0.0;  // no -0
  for (double i = first; i * step <= high + hair; ++i) {
    axis.ticks.push_back({i * step, fmt::format("{:.{}f}", i * step, decimals(step))});
  }
  return axis;
}

Axis share_axis(double begin, double end) {
  Axis axis{.begin = begin, .end = end, .ticks = {}};
  for (const int percent : {0, 25, 50, 75, 100}) {
    axis.ticks.push_back({percent / 100.0, fmt::format("{} %", percent)});
  }
  return axis;
}

}  // namespace sixslots::reports
