#include "reports/sweep_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "reports/precision.hpp"
#include "reports/sheet.hpp"
#include "reports/sweep_words.hpp"
#include "reports/table.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Axis;
using scenarios::Knee;
using scenarios::Knees;
using scenarios::MetricValue;
using scenarios::Sweep;
using scenarios::SweepPoint;
using scenarios::SweepSeries;

constexpr std::size_t most_rows = 12;  // of a curve; the JSON lines have all points

/// The points to print of a curve: the ends, those about the knees, and others evenly spread on the
/// scale of logarithms.
std::vector<std::size_t> shown(const SweepSeries& series, const Knees& knees) {
  const std::size_t count = series.points.size();
  std::set<std::size_t> chosen;
  if (count <= most_rows) {
    for (std::size_t i = 0; i < count; ++i) chosen.insert(i);
  } else {
    chosen = {0, count - 1};
    for (const std::optional<Knee>& knee : {knees.below, knees.above}) {
      if (knee) chosen.insert({knee->good, knee->past});
    }
    for (double at = 1.0; at < static_cast<double>(count); at *= 2.0) {
      chosen.insert(static_cast<std::size_t>(at) - 1);
    }
  }
  return {chosen.begin(), chosen.end()};
}

Table empty_table(const std::string& flow) {
  Table table;
  table.columns = {{"connections", 8, true}};
  if (flow.empty()) return table;
  table.columns.push_back({"mean latency", 7, true});
  table.columns.push_back({"p95", 9, true});
  table.columns.push_back({"starved", 5, true});
  return table;
}

Table::Row row_of(const SweepPoint& point, std::string label, const std::string& flow) {
  Table::Row row;
  row.label = std::move(label);
  const auto cell = [&](const std::string& metric) {
    const MetricValue* value = point.metric(metric);
    row.cells.push_back(value == nullptr ? "–" : with_interval(*value));
  };
  cell("connections.mean");
  if (flow.empty()) return row;
  for (const char* metric : {".latency.mean", ".latency.p95", ".starved"}) cell(flow + metric);
  return row;
}

void print_curve(Sheet& sheet, const Sweep& sweep, const SweepSeries& series, const Axis& axis) {
  const std::string& flow = sweep.header.flow;
  Table table = empty_table(flow);
  const Knees knees = flow.empty() ? Knees{} : scenarios::knees(series, flow + ".latency.p95");
  for (const std::size_t i : shown(series, knees)) {
    table.rows.push_back(row_of(*series.points[i], point_label(axis, series.x[i]), flow));
    if (knees.past(i)) table.rows.back().ink = Ink::bad;
  }
  print_table(sheet, std::move(table));
}

/// Where no key takes several numbers, there is a point for each combination, and no curve.
void print_points(Sheet& sheet, const Sweep& sweep) {
  sheet.blank();
  sheet.paragraph({}, "No curve: none of these keys takes several numbers.");
  sheet.blank();
  Table table = empty_table(sweep.header.flow);
  for (const SweepPoint& point : sweep.points) {
    table.rows.push_back(row_of(point, clean(point.label), sweep.header.flow));
  }
  print_table(sheet, std::move(table));
}

/// False: there is no curve along it.
bool print_axis(Sheet& sheet, const Sweep& sweep, const Axis& axis) {
  const std::vector<SweepSeries> all = series_along(sweep, axis);
  if (all.empty()) return false;
  sheet.blank();
  sheet.paragraph({}, answer_text(axis, all), Ink::strong);
  for (const SweepSeries& series : all) {
    sheet.blank();
    sheet.paragraph({}, sentence(name_of(series)), Ink::strong);
    sheet.paragraph({"  ", Ink::plain}, growth_text(series, axis));
    const std::string knee = knee_text(sweep, series, axis);
    if (!knee.empty()) sheet.paragraph({"  ", Ink::plain}, knee);
    print_curve(sheet, sweep, series, axis);
  }
  return true;
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
  if (!sweep.header.title.empty()) {
    sheet.paragraph({}, clean(sweep.header.title), Ink::strong);
  }
  bool has_curves = false;
  for (const Axis& axis : sweep.header.axes) has_curves |= print_axis(sheet, sweep, axis);
  if (!has_curves) print_points(sheet, sweep);
  print_warnings(sheet, sweep);
  std::vector<std::optional<double>> differences;
  for (const SweepPoint& point : sweep.points) differences.push_back(point.little);
  sheet.blank();
  print_littles_law(sheet, differences);
  sheet.paragraph({},
                  "Intervals: 95 %, over replications. Knee: where p95 first exceeds twice what it "
                  "is at its better end, or requests are no longer answered.",
                  Ink::dim);
  sheet.paragraph(
      {},
      fmt::format("{}, seed {}, scenario {}, sixslots {}", counted(sweep.points.size(), "point"),
                  sweep.header.seed, sweep.header.hash, sweep.header.version),
      Ink::dim);
  return sheet.text();
}

}  // namespace sixslots::reports
