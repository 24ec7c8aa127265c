#include "reports/sweep_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "reports/precision.hpp"
#include "reports/sheet.hpp"
#include "reports/table.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"
#include "scenarios/statistics/scaling.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Axis;
using scenarios::MetricValue;
using scenarios::Scaling;
using scenarios::Sweep;
using scenarios::SweepPoint;
using scenarios::SweepSeries;

/// A slope below this is none: one connection more for twenty rows.
constexpr double least_slope = 0.05;
constexpr std::size_t most_rows = 12;  // of a curve; the JSON lines have all points

std::string noun_of(const Axis& axis) {
  std::string name = axis.key.substr(axis.key.rfind('.') + 1);
  std::ranges::replace(name, '_', ' ');
  if (axis.key == "page.rows" || axis.key == "browser.tabs") name.pop_back();
  return name;
}

std::string plural_of(const Axis& axis) {
  const std::string noun = noun_of(axis);
  return axis.key == "page.rows" || axis.key == "browser.tabs" ? noun + "s" : noun;
}

Scaling scaling_of(const SweepSeries& series) {
  std::vector<std::vector<double>> levels;
  for (const SweepPoint* point : series.points) levels.push_back(point->connections);
  return scenarios::scaling(series.x, levels);
}

std::string name_of(const SweepSeries& series) {
  if (series.label.empty()) return "this page";
  std::string name = clean(series.label);
  for (std::size_t at = name.find(", "); at != std::string::npos; at = name.find(", ")) {
    name.erase(at, 1);  // names stand in lists, which have commas of their own
  }
  return name;
}

bool scales(const Scaling& scaling) {
  return scaling.interval ? scaling.interval->low > least_slope : scaling.slope > least_slope;
}

std::string slope_text(const Scaling& scaling) {
  if (!scaling.interval) return fmt::format("{:.2f}", scaling.slope);
  return fmt::format("{:.2f} [{:.2f}, {:.2f}]", scaling.slope, scaling.interval->low,
                     scaling.interval->high);
}

/// "1.00 [1.00, 1.00] open connections per row, up to 6 rows, then 6.0"
std::string growth(const Scaling& scaling, const Axis& axis) {
  std::string text = fmt::format("{} open connections per {}", slope_text(scaling), noun_of(axis));
  if (scaling.levels_off && scales(scaling)) {
    text += fmt::format(", up to {:g} {}; then {:.1f} in all", scaling.break_at, plural_of(axis),
                        scaling.plateau);
  }
  return text;
}

/// What the limit on connections hides: streams over HTTP/2, or waiting requests.
std::string wanted(const SweepSeries& series, const Scaling& scaling) {
  const MetricValue* wants = series.points.back()->metric("connections.per_row");
  if (wants == nullptr || wants->value < least_slope || scales(scaling)) return {};
  return fmt::format("; one more row wants {:.2f} of their streams or turns", wants->value);
}

std::string knee_text(const Sweep& sweep, const SweepSeries& series, const Axis& axis) {
  if (sweep.header.flow.empty()) return {};
  const std::string metric = sweep.header.flow + ".latency.p95";
  const std::size_t at = scenarios::knee(series, metric);
  if (at == series.points.size()) {
    return fmt::format("no knee up to {:g} {}", series.x.back(), plural_of(axis));
  }
  const std::string past = short_value(*series.points[at]->metric(metric));
  if (at == 0) return fmt::format("past the knee from {:g} on ({})", series.x.front(), past);
  return fmt::format("knee between {:g} and {:g} {} (p95 latency {}, then {})", series.x[at - 1],
                     series.x[at], plural_of(axis),
                     short_value(*series.points[at - 1]->metric(metric)), past);
}

/// The mission's question, answered.
void print_answer(Sheet& sheet, const Axis& axis, const std::vector<SweepSeries>& all) {
  std::vector<std::string> yes;
  std::vector<std::string> no;
  for (const SweepSeries& series : all) {
    (scales(scaling_of(series)) ? yes : no).push_back(name_of(series));
  }
  std::string answer =
      fmt::format("Does the number of open connections scale with {}? ", plural_of(axis));
  if (no.empty()) {
    answer += all.size() == 1 ? "Yes." : "Yes, in every series.";
  } else if (yes.empty()) {
    answer += all.size() == 1 ? "No." : "No, in no series.";
  } else {
    answer += fmt::format("Yes with {}. No with {}.", joined(yes), joined(no));
  }
  sheet.paragraph({}, answer, Ink::strong);
}

/// The points to print of a curve: the ends, those about the knee, and others evenly spread on the
/// scale of logarithms.
std::vector<std::size_t> shown(const SweepSeries& series, std::size_t knee) {
  const std::size_t count = series.points.size();
  std::set<std::size_t> chosen;
  if (count <= most_rows) {
    for (std::size_t i = 0; i < count; ++i) chosen.insert(i);
  } else {
    chosen = {0, count - 1, std::min(knee, count - 1), knee > 0 ? knee - 1 : 0};
    for (double at = 1.0; at < static_cast<double>(count); at *= 2.0) {
      chosen.insert(static_cast<std::size_t>(at) - 1);
    }
  }
  return {chosen.begin(), chosen.end()};
}

void print_curve(Sheet& sheet, const Sweep& sweep, const SweepSeries& series, const Axis& axis) {
  const std::string& flow = sweep.header.flow;
  const std::string p95 = flow + ".latency.p95";
  Table table;
  table.columns = {{"connections", 8, true}};
  if (!flow.empty()) {
    table.columns.push_back({"mean latency", 7, true});
    table.columns.push_back({"p95", 9, true});
    table.columns.push_back({"starved", 5, true});
  }
  const std::size_t at = flow.empty() ? series.points.size() : scenarios::knee(series, p95);
  for (const std::size_t i : shown(series, at)) {
    const SweepPoint& point = *series.points[i];
    Table::Row row;
    row.label = fmt::format("{} {:g}", plural_of(axis), series.x[i]);
    const auto cell = [&](const std::string& metric) {
      const MetricValue* value = point.metric(metric);
      row.cells.push_back(value == nullptr ? "–" : with_interval(*value));
    };
    cell("connections.mean");
    if (!flow.empty()) {
      cell(flow + ".latency.mean");
      cell(p95);
      cell(flow + ".starved");
    }
    if (i >= at) row.ink = Ink::bad;
    table.rows.push_back(std::move(row));
  }
  print_table(sheet, std::move(table));
}

void print_axis(Sheet& sheet, const Sweep& sweep, const Axis& axis) {
  const std::vector<SweepSeries> all = series_along(sweep, axis);
  if (all.empty()) return;
  sheet.blank();
  print_answer(sheet, axis, all);
  for (const SweepSeries& series : all) {
    sheet.blank();
    sheet.line(sentence(name_of(series)), Ink::strong);
    const Scaling scaling = scaling_of(series);
    sheet.paragraph({"  ", Ink::plain}, growth(scaling, axis) + wanted(series, scaling));
    const std::string knee = knee_text(sweep, series, axis);
    if (!knee.empty()) sheet.paragraph({"  ", Ink::plain}, knee);
    print_curve(sheet, sweep, series, axis);
  }
}

void print_warnings(Sheet& sheet, const Sweep& sweep) {
  std::size_t warned = 0;
  const SweepPoint* first = nullptr;
  for (const SweepPoint& point : sweep.points) {
    if (point.warnings.empty()) continue;
    if (first == nullptr) first = &point;
    ++warned;
  }
  if (first == nullptr) return;
  sheet.blank();
  sheet.paragraph(
      {}, fmt::format("Warning: {} ({}; {} of {} points have warnings)", first->warnings.front(),
                      first->label, warned, sweep.points.size()));
}

}  // namespace

std::string sweep_report(const Sweep& sweep, const TerminalStyle& style) {
  Sheet sheet(style);
  sheet.paragraph({}, clean(sweep.header.title), Ink::strong);
  for (const Axis& axis : sweep.header.axes) print_axis(sheet, sweep, axis);
  print_warnings(sheet, sweep);
  sheet.blank();
  sheet.paragraph({},
                  "Intervals: 95 %, over replications. Knee: where p95 first exceeds twice its "
                  "first value, or requests are no longer answered.",
                  Ink::dim);
  sheet.paragraph(
      {},
      fmt::format("{}, seed {}, scenario {}, sixslots {}", counted(sweep.points.size(), "point"),
                  sweep.header.seed, sweep.header.hash, sweep.header.version),
      Ink::dim);
  return sheet.text();
}

}  // namespace sixslots::reports
