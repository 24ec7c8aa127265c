#include "reports/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "reports/provenance.hpp"
#include "reports/table.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;
using scenarios::MetricValue;
using scenarios::RunKind;

constexpr std::size_t most_rows = 40;

/// The two sides of Little's law agree so far; beyond it a diagnosis warns.
constexpr double most_apart = 0.01;

struct Column {
  Table::Column head;
  std::string metric;
  std::string words;
};

std::vector<Column> columns_of(const Study& study) {
  std::vector<Column> columns;
  if (study.has_flow()) {
    const std::string& flow = study.results->scenario.world.requests[study.flow].name;
    columns.push_back({{"mean latency", 3, true}, flow + ".latency.mean", "mean latency"});
    columns.push_back({{"p95", 2, true}, flow + ".latency.p95", "p95"});
  }
  columns.push_back({{"connections", 1, true}, "connections.mean", "connections"});
  return columns;
}

/// What numbers are written in.
struct Scale {
  double size = 1.0;
  std::string_view unit;
};

Scale scale_of(MetricInfo::Unit unit, double value) {
  switch (unit) {
    case MetricInfo::Unit::duration:
      return value < 0.9995 ? Scale{1e-3, " ms"} : Scale{1.0, " s"};
    case MetricInfo::Unit::ratio:
      return {0.01, " %"};
    case MetricInfo::Unit::rate:
      return {1.0, "/s"};
    case MetricInfo::Unit::byte_rate:
      return value < 1e6 ? Scale{1e3, " kB/s"} : Scale{1e6, " MB/s"};
    case MetricInfo::Unit::count:
    case MetricInfo::Unit::connections_per_row:
      break;
  }
  return {1.0, ""};
}

/// Three figures, one more than a value alone gets: an interval should show.
std::string figures(double value) {
  if (std::abs(value) >= 999.5) return fmt::format("{:.0f}", value);
  return fmt::format("{:.3g}", value);
}

/// The runs that the numbers stand for.
std::string caption(const Study& study) {
  const scenarios::Scenario& scenario = study.variants.front().result->variant.scenario;
  const auto [fewest, most] = replications_of(*study.results);
  return fmt::format(
      "95 % intervals over {} {} replications",
      fewest == most ? fmt::format("{}", most) : fmt::format("{} to {}", fewest, most),
      scenario.run.kind == RunKind::steady ? "steady-state" : "terminating");
}

bool print_intervals(Sheet& sheet, const Study& study, const std::vector<Column>& columns) {
  Table table;
  for (const Column& column : columns) table.columns.push_back(column.head);
  for (const VariantView& view : study.variants) {
    Table::Row row;
    row.label = clean(view.result->variant.label);
    bool any = false;
    for (const Column& column : columns) {
      const MetricValue value = metric(*view.result, column.metric);
      any = any || value.interval;
      row.cells.push_back(value.interval ? with_interval(value) : "–");
    }
    if (any && table.rows.size() < most_rows) table.rows.push_back(std::move(row));
  }
  if (table.rows.empty()) return false;
  sheet.paragraph({}, caption(study), Ink::strong);
  print_table(sheet, std::move(table));
  return true;
}

/// Something that is said of several variants.
struct Remark {
  std::string text;
  std::vector<std::string> variants;
  std::size_t alike = 0;  ///< other variants of which it is said with other numbers
};

void add(std::vector<Remark>& remarks, const std::string& text, const std::string& variant) {
  if (text.empty()) return;
  const auto known = std::ranges::find(remarks, text, &Remark::text);
  if (known == remarks.end()) {
    remarks.push_back({text, {variant}});
  } else if (known->variants.back() != variant) {
    known->variants.push_back(variant);
  }
}

std::string without_numbers(const std::string& text) {
  std::string words;
  std::ranges::copy_if(text, std::back_inserter(words),
                       [](char c) { return (c < '0' || c > '9') && c != '.'; });
  return words;
}

/// Counts those that differ from an earlier one by their numbers alone: who reads one knows all.
std::vector<Remark> with_alike_together(const std::vector<Remark>& remarks) {
  std::vector<Remark> kept;
  for (const Remark& remark : remarks) {
    const auto known = std::ranges::find(kept, without_numbers(remark.text), [](const Remark& its) {
      return without_numbers(its.text);
    });
    if (known == kept.end()) {
      kept.push_back(remark);
    } else {
      known->alike += remark.variants.size();
    }
  }
  return kept;
}

/// Without the numbers that differ from variant to variant.
std::string kind_of(const std::string& reason) { return reason.substr(0, reason.find(':')); }

std::vector<Remark> refusals(const Study& study, const std::vector<Column>& columns) {
  std::vector<Remark> remarks;
  for (const VariantView& view : study.variants) {
    const std::string label = clean(view.result->variant.label);
    const std::string& all = view.result->diagnosis.no_intervals;
    if (!all.empty()) {
      add(remarks, "No interval: " + all, label);
      continue;
    }
    for (const Column& column : columns) {
      const MetricValue value = metric(*view.result, column.metric);
      if (value.kind == MetricValue::Kind::none || value.no_interval.empty()) continue;
      const bool few = study.variants.size() > 1;
      add(remarks,
          fmt::format("No interval of {}: {}", column.words,
                      few ? kind_of(value.no_interval) : value.no_interval),
          label);
    }
  }
  return remarks;
}

std::vector<Remark> warnings(const Study& study) {
  std::vector<Remark> remarks;
  for (const VariantView& view : study.variants) {
    const std::string label = clean(view.result->variant.label);
    for (const std::string& warning : view.result->diagnosis.warnings) {
      add(remarks, "Warning: " + warning, label);
    }
    const std::string& tail = view.result->diagnosis.no_means;
    if (!tail.empty()) add(remarks, "Warning: " + tail, label);
  }
  return with_alike_together(remarks);
}

void print(Sheet& sheet, const Study& study, const std::vector<Remark>& remarks) {
  for (const Remark& remark : remarks) {
    const std::size_t count = remark.variants.size();
    const bool all = count == study.variants.size();
    const std::string others =
        remark.alike == 0
            ? ""
            : fmt::format("; other numbers in {}", counted(remark.alike, "more variant"));
    const std::string whom =
        all ? ""
            : fmt::format(" ({}{})",
                          count == 1 ? remark.variants.front() : counted(count, "variant"), others);
    sheet.paragraph({}, remark.text + whom, Ink::dim);
  }
}

}  // namespace

std::string value_beside_interval(MetricInfo::Unit unit, double value) {
  const Scale scale = scale_of(unit, std::abs(value));
  return fmt::format("{}{}", figures(value / scale.size), scale.unit);
}

std::string short_interval(MetricInfo::Unit unit, const scenarios::Interval& interval) {
  const Scale scale = scale_of(unit, std::max(std::abs(interval.low), std::abs(interval.high)));
  return fmt::format("[{}, {}]{}", figures(interval.low / scale.size),
                     figures(interval.high / scale.size), scale.unit);
}

std::string with_interval(const MetricValue& value) {
  if (!value.interval) return short_value(value);
  const Scale scale = scale_of(value.info.unit, value.value);
  return fmt::format("{} [{}, {}]{}", figures(value.value / scale.size),
                     figures(value.interval->low / scale.size),
                     figures(value.interval->high / scale.size), scale.unit);
}

void print_littles_law(Sheet& sheet, const std::vector<std::optional<double>>& differences) {
  std::optional<double> most;
  for (const std::optional<double>& one : differences) most = std::max(most, one);
  if (!most) return;
  const std::string share = *most < 0.0005 ? "0.1" : fmt::format("{:.1f}", 100.0 * *most);
  const bool agree = *most <= most_apart;
  sheet.paragraph({},
                  fmt::format("Little's law: requests under way, and rate times latency, {} {} %.",
                              agree ? "agree within" : "do not agree: they differ by up to", share),
                  agree ? Ink::dim : Ink::bad);
}

std::optional<double> littles_difference(const scenarios::VariantResult& result) {
  if (!result.diagnosis.little) return std::nullopt;
  return result.diagnosis.little->difference();
}

void print_precision(Sheet& sheet, const Study& study) {
  if (study.variants.empty()) return;
  const std::vector<Column> columns = columns_of(study);
  sheet.blank();
  if (!print_intervals(sheet, study, columns)) sheet.line("How sure it is", Ink::strong);
  print(sheet, study, refusals(study, columns));
  print(sheet, study, warnings(study));
  std::vector<std::optional<double>> differences;
  for (const VariantView& view : study.variants) {
    differences.push_back(littles_difference(*view.result));
  }
  print_littles_law(sheet, differences);
}

}  // namespace sixslots::reports
