#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scenarios/statistics/interval.hpp"

namespace sixslots::scenarios {

/// How a level grows with a number: in proportion up to a break, and then no more. Open connections
/// do so with rows where each row wants one and the browser has a limit.
struct Scaling {
  double slope = 0.0;                ///< below the break
  std::optional<Interval> interval;  ///< of the slope; nothing with fewer than five replications
  double break_at = 0.0;             ///< the last number where there is no break
  bool levels_off = false;
  double plateau = 0.0;  ///< from the break on
};

/// Fits it by least squares; the break is the number in `x` that fits best. `levels[i]` are the
/// replications' values at x[i], ascending, at least two of them. The interval is Student's over
/// the slopes of the replications.
Scaling scaling(std::span<const double> x, std::span<const std::vector<double>> levels);

}  // namespace sixslots::scenarios
