#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scenarios/statistics/interval.hpp"

namespace sixslots::scenarios {

/// What the replications at one load say: their values and what each counts for.
struct LoadPoint {
  double x = 0.0;
  std::vector<Weighted> replications;
};

/// Where a curve meets a limit.
struct Crossing {
  double x = 0.0;
  std::optional<Interval> interval;  ///< nothing with fewer than five replications
  /// How far the loads lie from the curve: the mean square in their standard errors, about 1 where
  /// it fits (the F statistic of lack of fit; Draper and Smith, Applied Regression Analysis, 2.1).
  double misfit = 0.0;

  /// Student's t times the standard error of the slope at x, by that slope: beyond 1 the curve may
  /// as well not meet the limit at all.
  double flatness = 0.0;

  /// 4.9 is exceeded by chance once in a hundred parabolas through five loads of 20 replications.
  [[nodiscard]] bool fits() const { return misfit <= 4.9; }
  /// The interval takes the slope as known, which is right within a few percent up to a half
  /// (Fieller, 1954: g below 1/4).
  [[nodiscard]] bool steep() const { return flatness <= 0.5; }
};

/// The load at which the replications' mean reaches `limit`. The logarithm of mean / limit is
/// fitted by a parabola in x through all points, or a line where fewer than four are left; the
/// interval is the jackknife's over the replications, of which each load has its own, independent
/// ones. On M/M/6 with five loads of 20 replications the 95 % interval of the load where 1 % of the
/// waits exceed 100 ms holds the truth in 94 of 100 experiments; a curve that does not fit says
/// little; common random numbers at all loads do worse, since all of them are then wrong together
/// (docs/statistics.md). `points` by ascending x, all with as many replications; points whose mean
/// is 0 are left out. Nothing where the curve does not meet the limit near the points.
std::optional<Crossing> crossing(std::span<const LoadPoint> points, double limit,
                                 double confidence = usual_confidence);

}  // namespace sixslots::scenarios
