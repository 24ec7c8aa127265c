#pragma once

#include <string>
#include <vector>

#include "reports/charts/time_frame.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// How many of something there are, against time.
struct Level {
  std::string name;   ///< "waiting in the browser"
  std::string where;  ///< "browser", or the hop
  models::Series series;

  [[nodiscard]] std::int64_t peak() const;
};

/// The levels of the first replication, from the browser inwards: open connections and waiting
/// requests of the browser, then what is open and waits at each proxy and at the app.
std::vector<Level> levels_of(const VariantView& view);

/// The level of overlapping stretches of time.
models::Series overlap(const std::vector<std::pair<sim::Time, sim::Time>>& stretches);

/// The steps of a level between `bottom` and `top`, which stands for `peak`, as an outline.
std::vector<Point> steps(const models::Series& series, const TimeFrame& frame, double bottom,
                         double top, std::int64_t peak);

}  // namespace sixslots::reports
