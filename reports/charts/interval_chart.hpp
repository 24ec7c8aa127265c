#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/metrics.hpp"
#include "scenarios/statistics/interval.hpp"

namespace sixslots::reports {

/// Differences from nothing, each with its interval: what does not cross the line in the middle is
/// no matter of luck.
struct IntervalChart {
  /// Where a value that is only a bound may lie.
  enum class Beyond : std::uint8_t { nowhere, below, above };
  struct Row {
    std::string name;
    double value = 0.0;
    scenarios::Interval interval;     ///< both ends are the value: it has none
    Beyond beyond = Beyond::nowhere;  ///< an arrow points there
    bool clear = false;               ///< the interval does not hold 0
    std::string note;                 ///< at the right: "+45 ms"
  };
  std::string title;
  scenarios::MetricInfo::Unit unit = scenarios::MetricInfo::Unit::duration;
  std::vector<Row> rows;
};

/// As SVG; nothing without rows.
std::string draw(const IntervalChart& chart);

}  // namespace sixslots::reports
