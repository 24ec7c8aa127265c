#include "reports/charts/line_chart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/charts/axis.hpp"
#include "reports/charts/svg.hpp"
#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

using Sample = LineChart::Sample;

constexpr double width = 920.0;
constexpr double height = 330.0;
constexpr double left = 76.0;
constexpr double right = 660.0;
constexpr double top = 34.0;
constexpr double bottom = height - 48.0;
constexpr double names_left = right + 30.0;
constexpr double line_height = 17.0;
constexpr std::size_t most_series = 8;
constexpr std::size_t most_bands = 4;  // more lie above each other
constexpr double smallest = 1e-3;      // seconds on a logarithmic axis

struct Frame {
  Axis x;
  Axis y;

  [[nodiscard]] Point at(double x_value, double y_value) const {
    return {x.at(x_value), y.at(y_value)};
  }
};

std::vector<Sample> samples_of(const LineChart& chart, std::size_t count) {
  std::vector<Sample> all;
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<Sample>& samples = chart.series[i].samples;
    all.insert(all.end(), samples.begin(), samples.end());
  }
  return all;
}

Axis y_axis(const LineChart& chart, const std::vector<Sample>& all) {
  double low = 0.1;
  double high = chart.budget ? chart.budget->value : 0.0;
  for (const Sample& sample : all) {
    high = std::max({high, sample.y, sample.high});
    low = std::min(low, std::max(smallest, std::min(sample.y, sample.low)));
  }
  if (chart.values == LineChart::Values::numbers) return number_axis(high, bottom, top);
  return latency_axis(low, high, bottom, top);
}

Axis x_axis(const std::vector<Sample>& all) {
  double low = all.front().x;
  double high = all.front().x;
  for (const Sample& sample : all) {
    low = std::min(low, sample.x);
    high = std::max(high, sample.x);
  }
  return range_axis(low > 0.3 * high ? low : 0.0, high, left, right).thinned(40.0);
}

void draw_axes(Svg& svg, const Frame& frame, const LineChart& chart) {
  for (const Tick& tick : frame.y.thinned(18.0).ticks) {
    svg.line({left, frame.y.at(tick.value)}, {right, frame.y.at(tick.value)}, "grid");
    svg.text({left - 8.0, frame.y.at(tick.value) + 4.0}, tick.label, "t end");
  }
  for (const Tick& tick : frame.x.ticks) {
    svg.line({frame.x.at(tick.value), bottom}, {frame.x.at(tick.value), bottom + 5.0}, "rule");
    svg.text({frame.x.at(tick.value), bottom + 20.0}, tick.label, "t mid");
  }
  svg.line({left, bottom}, {right, bottom}, "rule");
  svg.text({4.0, 14.0}, fitted(chart.y_label, width - 8.0), "d");
  svg.text({(left + right) / 2.0, height - 8.0}, fitted(chart.x_label, right - left), "d mid");
}

void draw_band(Svg& svg, const Frame& frame, const LineChart::Series& series, std::size_t number) {
  std::vector<Point> outline;
  for (const Sample& sample : series.samples) outline.push_back(frame.at(sample.x, sample.high));
  for (auto sample = series.samples.rbegin(); sample != series.samples.rend(); ++sample) {
    outline.push_back(frame.at(sample->x, sample->low));
  }
  const bool wide = std::ranges::any_of(
      series.samples, [](const Sample& sample) { return sample.low < sample.high; });
  if (wide) svg.area(outline, fmt::format("band s{}", number));
}

/// A shape for each series, so that they are told apart without colours.
void draw_marker(Svg& svg, const Point& at, std::size_t number) {
  const std::string style = fmt::format("marker s{}", number);
  constexpr double r = 4.0;
  switch (number % 4) {
    case 0:
      return svg.dot(at, r, style);
    case 1:
      return svg.rect({at.x - r + 0.5, at.y - r + 0.5, 2.0 * r - 1.0, 2.0 * r - 1.0}, style);
    case 2:
      return svg.area({{at.x, at.y - r - 1.0}, {at.x + r, at.y + r}, {at.x - r, at.y + r}}, style);
    default:
      return svg.area({{at.x, at.y - r - 1.0},
                       {at.x + r + 1.0, at.y},
                       {at.x, at.y + r + 1.0},
                       {at.x - r - 1.0, at.y}},
                      style);
  }
}

/// An arrow upwards: the value is at least this.
void draw_bound(Svg& svg, const Point& at) {
  svg.path({{at.x - 4.0, at.y - 9.0}, {at.x, at.y - 14.0}, {at.x + 4.0, at.y - 9.0}}, "bound");
}

void draw_series(Svg& svg, const Frame& frame, const LineChart::Series& series,
                 std::size_t number) {
  std::vector<Point> points;
  for (const Sample& sample : series.samples) points.push_back(frame.at(sample.x, sample.y));
  svg.path(points, fmt::format("line s{}", number));
  const bool crowded = points.size() > 40;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!crowded || i % (points.size() / 20) == 0) draw_marker(svg, points[i], number);
    if (series.samples[i].censored) draw_bound(svg, points[i]);
  }
  if (series.knee) svg.dot(points[*series.knee], 8.0, "ring");
}

/// Names at the right, beside the ends of their lines as far as there is room.
void draw_names(Svg& svg, const Frame& frame, const LineChart& chart, std::size_t count) {
  std::vector<std::pair<double, std::size_t>> places;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& samples = chart.series[i].samples;
    const bool is_told_apart = !chart.series[i].name.empty();
    if (!samples.empty() && is_told_apart) places.push_back({frame.y.at(samples.back().y), i});
  }
  std::ranges::sort(places);
  double free = top;
  const double room = line_height * static_cast<double>(places.size());
  for (std::size_t k = 0; k < places.size(); ++k) {
    const double rest = room - line_height * static_cast<double>(k);
    const double y = std::min(std::max(places[k].first, free), bottom - rest + line_height);
    free = y + line_height;
    const std::size_t series = places[k].second;
    const Point end =
        frame.at(chart.series[series].samples.back().x, chart.series[series].samples.back().y);
    svg.line({end.x + 7.0, end.y}, {names_left - 8.0, y}, "leader");
    draw_marker(svg, {names_left, y}, series);
    svg.text({names_left + 10.0, y + 4.0},
             fitted(chart.series[series].name, width - names_left - 12.0));
  }
}

void draw_marks(Svg& svg, const Frame& frame, const LineChart& chart) {
  if (chart.budget) {
    const double y = frame.y.at(chart.budget->value);
    svg.line({left, y}, {right, y}, "budget");
    svg.text({left + 6.0, y - 5.0}, chart.budget->label, "on");
  }
  if (chart.knee) {
    const double x = frame.x.at(chart.knee->value);
    svg.line({x, top - 8.0}, {x, bottom}, "knee");
    const bool to_the_left = x + 10.0 + text_width(chart.knee->label) > right;
    svg.text({x + (to_the_left ? -5.0 : 5.0), top - 1.0}, chart.knee->label,
             to_the_left ? "on end" : "on");
  }
}

}  // namespace

bool has_bands(const LineChart& chart) {
  return !chart.band.empty() && chart.series.size() <= most_bands;
}

void mark_knee(LineChart& chart, std::string_view series, double x) {
  const auto line = std::ranges::find(chart.series, series, &LineChart::Series::name);
  if (line == chart.series.end()) return;
  const auto sample = std::ranges::find(line->samples, x, &Sample::x);
  if (sample == line->samples.end()) return;
  line->knee = static_cast<std::size_t>(sample - line->samples.begin());
}

std::string draw(const LineChart& chart) {
  const std::size_t count = std::min(chart.series.size(), most_series);
  const std::vector<Sample> all = samples_of(chart, count);
  if (all.empty()) return {};
  const Frame frame{x_axis(all), y_axis(chart, all)};
  Svg svg(width, height, chart.title,
          fmt::format("{} against {}{}{}", chart.y_label, chart.x_label,
                      has_bands(chart) ? "; band: " : "", has_bands(chart) ? chart.band : ""));
  draw_axes(svg, frame, chart);
  if (has_bands(chart)) {
    for (std::size_t i = 0; i < count; ++i) draw_band(svg, frame, chart.series[i], i);
  }
  for (std::size_t i = 0; i < count; ++i) draw_series(svg, frame, chart.series[i], i);
  draw_names(svg, frame, chart, count);
  draw_marks(svg, frame, chart);
  if (chart.series.size() > count) {
    svg.text({names_left, height - 8.0},
             fmt::format("… and {} more in the table", chart.series.size() - count), "d");
  }
  return svg.markup();
}

}  // namespace sixslots::reports
