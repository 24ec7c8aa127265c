#pragma once

#include <string>
#include <vector>

#include "scenarios/statistics/scaling.hpp"
#include "scenarios/sweep.hpp"

namespace sixslots::reports {

/// "rows", "poll interval": what an axis counts.
std::string plural_of(const scenarios::Axis& axis);

/// The axis of a chart: "rows", "poll interval (s)".
std::string x_label(const scenarios::Axis& axis);

/// "rows 6", "rate 90/s": a point on it.
std::string point_label(const scenarios::Axis& axis, double x);

/// "polling http/1.1": the values of the other keys.
std::string name_of(const scenarios::SweepSeries& series);

/// "1.00 [1.00, 1.00] open connections per row, up to 6 rows; from 7 rows on 6.0 in all"
std::string growth_text(const scenarios::SweepSeries& series, const scenarios::Axis& axis);

/// "knee between 5 and 6 rows (p95 latency 245 ms, then never)", read from the good side on; empty
/// without a request that the user feels.
std::string knee_text(const scenarios::Sweep& sweep, const scenarios::SweepSeries& series,
                      const scenarios::Axis& axis);

/// The mission's question, answered: "Does the number of open connections scale with rows? Yes."
std::string answer_text(const scenarios::Axis& axis,
                        const std::vector<scenarios::SweepSeries>& all);

}  // namespace sixslots::reports
