#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scenarios/statistics/interval.hpp"

namespace sixslots::scenarios {

/// How a level grows or falls with a number: in proportion up to a break, and then no more, or by
/// another slope. Open connections level off with rows where each row wants one and the browser has
/// a limit; past saturation they may start to grow.
struct Scaling {
  double slope = 0.0;                ///< below the break
  std::optional<Interval> interval;  ///< of the slope; nothing with fewer than five replications
  double break_at = 0.0;             ///< the last number where there is no break
  bool between = false;   ///< the break is none of the numbers, but lies between two of them
  bool at_least = false;  ///< of the way to the plateau less than a tenth is left at the second
                          ///< number: the slope may be steeper
  bool breaks = false;
  double beyond = 0.0;   ///< the slope from the break on; 0 where it levels off
  double plateau = 0.0;  ///< at the break

  [[nodiscard]] bool levels_off() const { return breaks && beyond == 0.0; }
};

/// Fits it by least squares; the break is the number in `x` that fits best, or, where the level is
/// flat behind it, lies between two of them, where the line before meets the plateau (Hudson, JASA
/// 61, 1966). A level that levels off is preferred to one with two slopes, and a straight line to
/// both, unless the other explains most of what they miss. `levels[i]` are the replications' values
/// at x[i], ascending, at least two of them. The interval is Student's over the slopes of the
/// replications.
Scaling scaling(std::span<const double> x, std::span<const std::vector<double>> levels);

}  // namespace sixslots::scenarios
