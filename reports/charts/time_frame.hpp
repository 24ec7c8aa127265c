#pragma once

#include "reports/charts/axis.hpp"
#include "reports/charts/svg.hpp"
#include "sim/time.hpp"

namespace sixslots::reports {

/// Where drawings of one variant stand, one above the other with the same time axis.
inline constexpr double drawing_width = 920.0;
inline constexpr double time_begin = 372.0;
inline constexpr double time_end = 912.0;

/// The axis of a run's time, and a bar's ends on it.
struct TimeFrame {
  Axis axis;

  explicit TimeFrame(sim::Time end)
      : axis(time_axis(sim::seconds(end.time_since_epoch()), time_begin, time_end)) {}

  [[nodiscard]] double at(sim::Time time) const {
    return axis.at(sim::seconds(time.time_since_epoch()));
  }
  /// A bar, wide enough to be seen, centred in a row of so many units.
  [[nodiscard]] Box bar(sim::Time from, sim::Time to, double top, double row, double height) const;
  /// Ticks with their labels above, and lines down from them.
  void draw(Svg& svg, double top, double bottom) const;
};

}  // namespace sixslots::reports
