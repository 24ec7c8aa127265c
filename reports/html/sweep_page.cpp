#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "reports/charts/svg.hpp"
#include "reports/html/html_table.hpp"
#include "reports/html/page.hpp"
#include "reports/precision.hpp"
#include "reports/study_axes.hpp"
#include "reports/sweep_report.hpp"
#include "reports/sweep_words.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Axis;
using scenarios::MetricValue;
using scenarios::Sweep;
using scenarios::SweepPoint;
using scenarios::SweepSeries;
using Kind = MetricValue::Kind;

constexpr std::size_t most_rows = 400;

/// A metric along an axis, a line for each series.
struct Curve {
  std::string metric;
  std::string title;
  std::string label;
  LineChart::Values values;
};

LineChart::Series line_of(const SweepSeries& series, const Curve& curve) {
  LineChart::Series line{.name = clean(series.label), .samples = {}, .knee = {}};
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const MetricValue* value = series.points[i]->metric(curve.metric);
    if (value == nullptr || value->kind == Kind::none) continue;
    const double low = value->interval ? value->interval->low : value->value;
    const double high = value->interval ? value->interval->high : value->value;
    line.samples.push_back({series.x[i], value->value, low, high, value->is_bound()});
  }
  return line;
}

LineChart chart_of(const std::vector<SweepSeries>& all, const Axis& axis, const Curve& curve) {
  LineChart chart;
  chart.title = fmt::format("{} against {}", curve.title, plural_of(axis));
  chart.x_label = x_label(axis);
  chart.y_label = curve.label;
  chart.band = "95 % interval over replications";
  chart.values = curve.values;
  for (const SweepSeries& series : all) {
    LineChart::Series line = line_of(series, curve);
    if (!line.samples.empty()) chart.series.push_back(std::move(line));
  }
  return chart;
}

void mark_knees(LineChart& chart, const std::vector<SweepSeries>& all, const std::string& metric) {
  chart.ring =
      "knee: twice the value at the better end is exceeded, or requests are no longer answered";
  for (const SweepSeries& series : all) {
    const scenarios::Knees knees = scenarios::knees(series, metric);
    const std::optional<scenarios::Knee> knee = knees.above ? knees.above : knees.below;
    if (knee) mark_knee(chart, clean(series.label), series.x[knee->past]);
  }
}

std::vector<LineChart> charts_of(const Sweep& sweep, const Axis& axis,
                                 const std::vector<SweepSeries>& all) {
  std::vector<LineChart> charts;
  const std::string& flow = sweep.header.flow;
  if (!flow.empty()) {
    const std::string p95 = flow + ".latency.p95";
    charts.push_back(
        chart_of(all, axis,
                 {p95, fmt::format("Latency of {}", clean(flow)),
                  "95th percentile, from call to answer", LineChart::Values::latencies}));
    mark_knees(charts.back(), all, p95);
    if (sweep.header.budget > 0.0) {
      charts.back().budget = {sweep.header.budget,
                              fmt::format("budget: {}", clean(sweep.header.budget_text))};
    }
  }
  charts.push_back(chart_of(
      all, axis,
      {"connections.mean", "Open connections",
       "open connections of all browsers, average over time", LineChart::Values::numbers}));
  charts.push_back(chart_of(
      all, axis,
      {"staleness.p95", "Staleness", "95th percentile of the time from an update to its display",
       LineChart::Values::latencies}));
  charts.push_back(chart_of(all, axis,
                            {"requests.rate", "Load of the app", "requests that reach it (1/s)",
                             LineChart::Values::numbers}));
  return charts;
}

std::string words_of(const Sweep& sweep, const Axis& axis, const std::vector<SweepSeries>& all) {
  std::string html = "<ul>\n";
  for (const SweepSeries& series : all) {
    const std::string knee = knee_text(sweep, series, axis);
    html +=
        fmt::format("<li>{}: {}{}{}</li>\n", escaped(sentence(name_of(series))),
                    escaped(growth_text(series, axis)), knee.empty() ? "" : "; ", escaped(knee));
  }
  return html + "</ul>\n";
}

std::string points_table(const Sweep& sweep) {
  const std::string& flow = sweep.header.flow;
  std::vector<std::string> metrics{"connections.mean"};
  if (!flow.empty()) {
    metrics = {flow + ".latency.mean", flow + ".latency.p95", flow + ".starved",
               "connections.mean"};
  }
  std::vector<std::string> heads{"point"};
  heads.insert(heads.end(), metrics.begin(), metrics.end());
  HtmlTable table("All points, with 95 % intervals", heads);
  for (std::size_t i = 0; i < std::min(sweep.points.size(), most_rows); ++i) {
    const SweepPoint& point = sweep.points[i];
    std::vector<std::string> cells;
    bool bad = false;
    for (const std::string& metric : metrics) {
      const MetricValue* value = point.metric(metric);
      cells.push_back(value == nullptr ? "–" : with_interval(*value));
      bad = bad || (value != nullptr && value->kind == Kind::never);
    }
    table.row(clean(point.label), cells, bad);
  }
  std::string html = table.html();
  if (sweep.points.size() > most_rows) {
    html += fmt::format("<p class=\"note\">… {} more points; --jsonl has all of them.</p>\n",
                        sweep.points.size() - most_rows);
  }
  return html;
}

std::string warnings_of(const Sweep& sweep) {
  std::string html;
  std::size_t warned = 0;
  for (const SweepPoint& point : sweep.points) {
    if (point.warnings.empty()) continue;
    if (++warned > 1) continue;
    html = fmt::format("<li>{} ({})</li>\n", escaped(point.warnings.front()),
                       escaped(clean(point.label)));
  }
  if (warned == 0) return {};
  return fmt::format("<h3>Warnings</h3>\n<ul>\n{}<li>{} of {} points have warnings</li>\n</ul>\n",
                     html, warned, sweep.points.size());
}

}  // namespace

std::string sweep_html(const Sweep& sweep) {
  HtmlPage page;
  page.kicker = sweep.header.title;
  page.provenance =
      fmt::format("sixslots {}, seed {}, {}, scenario {}", sweep.header.version, sweep.header.seed,
                  counted(sweep.points.size(), "point"), sweep.header.hash);
  page.version = sweep.header.version;
  const nlohmann::ordered_json data = {{"tool", "sixslots"},
                                       {"version", sweep.header.version},
                                       {"hash", sweep.header.hash},
                                       {"seed", sweep.header.seed}};
  page.data = data.dump();
  for (const Axis& axis : sweep.header.axes) {
    const std::vector<SweepSeries> all = series_along(sweep, axis);
    if (all.empty()) continue;
    const std::string answer = answer_text(axis, all);
    (page.finding.empty() ? page.finding : page.rest) += answer;
    page.sections +=
        fmt::format("<section><h2>{}</h2>\n{}{}</section>\n", escaped(sentence(plural_of(axis))),
                    words_of(sweep, axis, all), figures(charts_of(sweep, axis, all)));
  }
  if (page.finding.empty()) page.finding = "A sweep";
  page.sections += fmt::format("<section><h2>Points</h2>\n{}{}</section>\n", points_table(sweep),
                               warnings_of(sweep));
  return html_of(page);
}

}  // namespace sixslots::reports
