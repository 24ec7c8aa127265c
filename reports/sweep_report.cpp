#include "reports/sweep_report.hpp"

#include <fmt/format.h>

#include <algorithm>
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
using scenarios::MetricValue;
using scenarios::Sweep;
using scenarios::SweepPoint;
using scenarios::SweepSeries;

constexpr std::size_t most_rows = 12;  // of a curve; the JSON lines have all points

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
    row.label = point_label(axis, series.x[i]);
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
  sheet.paragraph({}, answer_text(axis, all), Ink::strong);
  for (const SweepSeries& series : all) {
    sheet.blank();
    sheet.paragraph({}, sentence(name_of(series)), Ink::strong);
    sheet.paragraph({"  ", Ink::plain}, growth_text(series, axis));
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
  std::vector<std::optional<double>> differences;
  for (const SweepPoint& point : sweep.points) differences.push_back(point.little);
  sheet.blank();
  print_littles_law(sheet, differences);
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
