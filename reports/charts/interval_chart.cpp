#include "reports/charts/interval_chart.hpp"

#include <algorithm>
#include <cmath>

#include "reports/charts/axis.hpp"
#include "reports/charts/svg.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

constexpr double width = 920.0;
constexpr double name_left = 4.0;
constexpr double begin = 280.0;
constexpr double end = 740.0;
constexpr double note_left = 756.0;
constexpr double row_height = 22.0;
constexpr double head = 26.0;

std::string signed_text(scenarios::MetricInfo::Unit unit, double value) {
  if (value == 0.0) return "0";
  return (value < 0.0 ? "−" : "+") + short_value(unit, std::abs(value));
}

/// From the lowest to the highest end, with 0 on it.
Axis axis_of(const IntervalChart& chart) {
  double low = 0.0;
  double high = 0.0;
  for (const IntervalChart::Row& one : chart.rows) {
    low = std::min(low, one.interval.low);
    high = std::max(high, one.interval.high);
  }
  const double most = std::max({-low, high, 1e-9});
  const Axis one_side = number_axis(most, begin, end);
  Axis axis;
  axis.low = low < 0.0 ? -one_side.high : 0.0;
  axis.high = high > 0.0 ? one_side.high : 0.0;
  if (axis.low == axis.high) axis.high = one_side.high;
  axis.begin = begin;
  axis.end = end;
  for (const Tick& tick : one_side.ticks) {
    for (const double value : {-tick.value, tick.value}) {
      const bool again = value == 0.0 && !axis.ticks.empty() && axis.ticks.back().value == 0.0;
      if (value < axis.low || value > axis.high || again) continue;
      axis.ticks.push_back({value, signed_text(chart.unit, value)});
    }
  }
  std::ranges::sort(axis.ticks, {}, &Tick::value);
  return axis.thinned(60.0);
}

void draw_interval(Svg& svg, const Axis& x, double y, const scenarios::Interval& interval) {
  const double low = x.at(interval.low);
  const double high = x.at(interval.high);
  svg.line({low, y}, {high, y}, "whisker");
  for (const double side : {low, high}) svg.line({side, y - 5.0}, {side, y + 5.0}, "whisker");
}

void draw_arrow(Svg& svg, const Point& from, IntervalChart::Beyond beyond) {
  const double way = beyond == IntervalChart::Beyond::below ? -1.0 : 1.0;
  const Point tip{from.x + way * 16.0, from.y};
  svg.line(from, tip, "whisker");
  for (const double side : {-4.0, 4.0}) {
    svg.line(tip, {tip.x - way * 5.0, tip.y + side}, "whisker");
  }
}

void draw_row(Svg& svg, const Axis& x, double y, const IntervalChart::Row& row) {
  svg.text({name_left, y + 4.0}, fitted(row.name, begin - 20.0));
  const Point at{x.at(row.value), y};
  if (row.beyond == IntervalChart::Beyond::nowhere) {
    draw_interval(svg, x, y, row.interval);
  } else {
    draw_arrow(svg, at, row.beyond);
  }
  svg.dot(at, 4.5, "mark", row.note);
  svg.text({note_left, y + 4.0}, fitted(row.note, width - note_left), row.clear ? "" : "d");
}

}  // namespace

std::string draw(const IntervalChart& chart) {
  if (chart.rows.empty()) return {};
  const double bottom = head + row_height * static_cast<double>(chart.rows.size());
  Svg svg(width, bottom + 8.0, chart.title,
          "Dot: the difference; line: its interval; arrow: it is a bound, and may be farther away. "
          "The table below has the numbers");
  const Axis x = axis_of(chart);
  for (const Tick& tick : x.ticks) {
    svg.line({x.at(tick.value), head}, {x.at(tick.value), bottom}, "grid");
    svg.text({x.at(tick.value), head - 7.0}, tick.label, "t mid");
  }
  svg.line({x.at(0.0), head}, {x.at(0.0), bottom}, "rule");
  for (std::size_t i = 0; i < chart.rows.size(); ++i) {
    draw_row(svg, x, head + row_height * (static_cast<double>(i) + 0.5), chart.rows[i]);
  }
  return svg.markup();
}

}  // namespace sixslots::reports
