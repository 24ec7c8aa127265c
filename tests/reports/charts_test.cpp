#include "reports/charts/axis.hpp"
#include "reports/charts/interval_chart.hpp"
#include "reports/charts/levels.hpp"
#include "reports/charts/line_chart.hpp"
#include "reports/charts/matrix.hpp"
#include "reports/charts/svg.hpp"
#include "tests/catch.hpp"

namespace sixslots::reports {
namespace {

std::vector<std::string> labels(const Axis& axis) {
  std::vector<std::string> all;
  for (const Tick& tick : axis.ticks) all.push_back(tick.label);
  return all;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++found;
  return found;
}

sim::Time at(int seconds) { return sim::Time(std::chrono::seconds(seconds)); }

LineChart rows_chart() {
  LineChart chart;
  chart.title = "Latency against rows";
  chart.x_label = "rows";
  chart.y_label = "95th percentile";
  chart.band = "from the median";
  chart.series = {{"stream-per-row", {{1, 0.2, 0.1, 0.2, false}, {6, 58.0, 58.0, 58.0, true}}},
                  {"polling", {{1, 0.2, 0.1, 0.2, false}, {6, 0.3, 0.1, 0.3, false}}}};
  chart.budget = LineChart::Mark{0.3, "budget 300 ms"};
  chart.knee = LineChart::Mark{6.0, "hangs from 6 on"};
  return chart;
}

}  // namespace

TEST_CASE("every axis has round ticks with their units") {
  CHECK(labels(time_axis(60.0, 0, 600)) ==
        std::vector<std::string>{"0 s", "10 s", "20 s", "30 s", "40 s", "50 s", "60 s"});
  CHECK(labels(time_axis(3600.0, 0, 600)).at(1) == "10 min");
  CHECK(labels(latency_axis(0.035, 58.0, 0, 600)) ==
        std::vector<std::string>{"10 ms", "100 ms", "1 s", "10 s", "100 s"});
  CHECK(labels(share_axis(0, 100)).back() == "100 %");
  CHECK(labels(number_axis(6, 0, 100)) ==
        std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6"});
  CHECK(labels(number_axis(0, 0, 100)).size() >= 2);
  CHECK(labels(range_axis(6.5, 7.9, 0, 600)) == std::vector<std::string>{"6.5", "7.0", "7.5"});
  CHECK(labels(range_axis(1000.2, 1001.0, 0, 600)) ==
        std::vector<std::string>{"1000.2", "1000.4", "1000.6", "1000.8", "1001.0"});
  CHECK(labels(range_axis(0, 60, 0, 600)).front() == "0");
  CHECK(labels(range_axis(20, 20, 0, 600)) == std::vector<std::string>{"20"});
}

TEST_CASE("an axis keeps values inside and takes decades as equal steps") {
  const Axis axis = latency_axis(0.01, 10.0, 100.0, 400.0);
  CHECK(axis.at(0.01) == Approx(100.0));
  CHECK(axis.at(0.1) == Approx(200.0));
  CHECK(axis.at(10.0) == Approx(400.0));
  CHECK(axis.at(1e9) == Approx(400.0));
  CHECK(axis.at(0.0) == Approx(100.0));
  CHECK(axis.thinned(150.0).ticks.size() == 2);
}

TEST_CASE("names in a drawing are text") {
  CHECK(escaped("<b a='1' & \"2\">") == "&lt;b a=&#39;1&#39; &amp; &quot;2&quot;&gt;");
  CHECK(escaped("a\nb\x1b[31m\xff") == "a b [31m\uFFFD");
  CHECK(escaped_lines("a\n<b>\n") == "a\n&lt;b&gt;\n");
  Svg svg(10, 10, "<title>", "& what");
  svg.text({1, 2}, "</text><script>");
  svg.rect({0, 0, 1.25, 2}, "w", "<tip>");
  CHECK(has(svg.markup(), "<title>&lt;title&gt;</title><desc>&amp; what</desc>"));
  CHECK(has(svg.markup(), "<text x=\"1\" y=\"2\">&lt;/text&gt;&lt;script&gt;</text>"));
  CHECK(has(svg.markup(), "width=\"1.3\""));
  CHECK(has(svg.markup(), "<title>&lt;tip&gt;</title>"));
}

TEST_CASE("a long name is cut off where its room ends") {
  CHECK(fitted("row 1", 100.0) == "row 1");
  CHECK(text_width(fitted(std::string(500, 'x'), 100.0)) <= 100.0);
  CHECK(fitted(std::string(500, 'x'), 100.0).ends_with("…"));
}

TEST_CASE("a line chart shows bands, bounds, budget and knee") {
  const std::string svg = draw(rows_chart());
  CHECK(count(svg, "class=\"band s") == 2);
  CHECK(count(svg, "class=\"line s") == 2);
  CHECK(count(svg, "class=\"bound\"") == 1);
  for (const std::string_view text :
       {"budget 300 ms", "hangs from 6 on", "stream-per-row", "polling", "rows", "100 ms"}) {
    INFO(text);
    CHECK(has(svg, text));
  }
}

TEST_CASE("a line that is alone has no name beside it") {
  LineChart chart = rows_chart();
  chart.series.resize(1);
  CHECK(count(draw(chart), "class=\"leader\"") == 1);
  chart.series.front().name.clear();
  CHECK(count(draw(chart), "class=\"leader\"") == 0);
}

TEST_CASE("a line chart says what it leaves out") {
  LineChart chart = rows_chart();
  for (int i = 0; i < 9; ++i) chart.series.push_back(chart.series.back());
  CHECK(has(draw(chart), "… and 3 more in the table"));
  CHECK_FALSE(has(draw(chart), "class=\"band"));
  CHECK_FALSE(has_bands(chart));
  chart.series.clear();
  CHECK(draw(chart).empty());
}

TEST_CASE("a difference that is a bound has an arrow instead of an interval") {
  IntervalChart chart;
  chart.title = "click.latency.mean: difference from stream-per-row";
  chart.rows = {{"exact", -2.0, {-3.0, -1.0}, IntervalChart::Beyond::nowhere, true, "-2 s"}};
  const std::string exact = draw(chart);
  CHECK(count(exact, "class=\"whisker\"") == 3);  // a line and its two ends
  chart.rows[0].beyond = IntervalChart::Beyond::below;
  const std::string below = draw(chart);
  chart.rows[0].beyond = IntervalChart::Beyond::above;
  const std::string above = draw(chart);
  CHECK(count(below, "class=\"whisker\"") == 3);  // a line and its head
  CHECK(below != above);
  // From 280 to 740 the axis has -3 to 0: -2 stands at 433.3, and the arrow ends 16 beside it.
  CHECK(has(below, "x1=\"433.3\" y1=\"37\" x2=\"417.3\" y2=\"37\""));
  CHECK(has(above, "x1=\"433.3\" y1=\"37\" x2=\"449.3\" y2=\"37\""));
  CHECK_FALSE(has(exact, "x1=\"433.3\" y1=\"37\""));
}

TEST_CASE("a matrix says in signs what it says in colours") {
  const std::string html = draw(Matrix{
      .caption = "<c>",
      .corner = "design",
      .columns = {"h1", "h2"},
      .rows = {{"a&b", {{Matrix::Mark::bad, "never sent"}, {Matrix::Mark::good, "124 ms"}}}}});
  CHECK(has(html, "<td class=\"bad\">✗ never sent</td><td class=\"good\">✓ 124 ms</td>"));
  CHECK(has(html, "a&amp;b"));
  CHECK(has(html, "<caption>&lt;c&gt;</caption>"));
}

TEST_CASE("overlapping stretches add up to a level") {
  const models::Series series = overlap({{at(1), at(3)}, {at(2), at(3)}, {at(5), at(5)}});
  REQUIRE(series.points.size() == 3);
  CHECK(series.points[1].time == at(2));
  CHECK(series.points[1].level == 2);
  CHECK(series.points[2].level == 0);
}

TEST_CASE("a level keeps its peak however short that is") {
  models::Series series;
  for (int i = 0; i < 1000; ++i) {
    const sim::Time time(std::chrono::microseconds(10 * i));
    series.points.push_back({time, i == 500 ? 9 : 1});
  }
  const std::vector<Point> outline = steps(series, TimeFrame(at(60)), 40.0, 4.0, 9);
  CHECK(outline.size() < 10);
  double highest = 40.0;
  for (const Point& point : outline) highest = std::min(highest, point.y);
  CHECK(highest == Approx(4.0));
}

}  // namespace sixslots::reports
