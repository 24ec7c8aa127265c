#include "reports/charts/time_frame.hpp"

#include <algorithm>

namespace sixslots::reports {

Box TimeFrame::bar(sim::Time from, sim::Time to, double top, double row, double height) const {
  constexpr double least = 1.5;
  const double width = std::max(at(to) - at(from), least);
  const double left = std::min(at(from), time_end - width);
  return {left, top + (row - height) / 2.0, width, height};
}

void TimeFrame::draw(Svg& svg, double top, double bottom) const {
  for (const Tick& tick : axis.thinned(60.0).ticks) {
    const double x = axis.at(tick.value);
    svg.line({x, top}, {x, bottom}, "grid");
    const bool last = x > time_end - 20.0;
    svg.text({last ? time_end : x, top - 5.0}, tick.label, last ? "t end" : "t mid");
  }
}

}  // namespace sixslots::reports
