#include "reports/study_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "models/design.hpp"
#include "reports/grades.hpp"
#include "reports/study_axes.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"
#include "scenarios/expectations.hpp"

namespace sixslots::reports {
namespace {

using Kind = scenarios::MetricValue::Kind;
using scenarios::MetricValue;

constexpr std::size_t fewest_points = 3;

bool is_measured(const MetricValue& value) { return value.kind != Kind::none; }

/// The samples of a family by ascending x.
template <class SampleOf>
LineChart::Series series_of(const Study& study, const Family& family, const NumericAxis& axis,
                            SampleOf sample_of) {
  LineChart::Series series{.name = family.name, .samples = {}, .knee = {}};
  for (const std::size_t variant : family.variants) {
    LineChart::Sample sample;
    if (!sample_of(study.variants[variant], sample)) continue;
    sample.x = axis.values[value_index(study, variant, axis.index)];
    series.samples.push_back(sample);
  }
  std::ranges::sort(series.samples, {}, &LineChart::Sample::x);
  return series;
}

template <class SampleOf>
void add_series(LineChart& chart, const Study& study, const NumericAxis& axis, SampleOf sample_of) {
  for (const Family& family : families(study, {axis.index})) {
    LineChart::Series series = series_of(study, family, axis, sample_of);
    if (!series.samples.empty()) chart.series.push_back(std::move(series));
  }
}

bool gets_through(const Study& study, const VariantView& view) {
  const Fate fate = study.fate(view);
  return !hangs(fate) && fate != Fate::refused && !has_a_backlog(study.felt(view));
}

/// The tightest limit on the felt flow's latency that some variant is held to.
std::optional<LineChart::Mark> budget_of(const Study& study) {
  const std::string prefix = study.felt(study.variants.front()).flow->name + ".latency.";
  const scenarios::Expectation* limit = tightest_limit(study.results->scenario, prefix);
  if (limit == nullptr) return std::nullopt;
  return LineChart::Mark{
      limit->limit,
      fmt::format("budget: {} {}", limit->metric.substr(prefix.size()), clean(limit->text))};
}

/// The first value from which on a family's felt flow does not get through.
std::optional<double> knee_of(const Study& study, const Family& family, const NumericAxis& axis) {
  std::optional<double> last_good;
  std::optional<double> first_bad;
  for (const std::size_t variant : family.variants) {
    const double x = axis.values[value_index(study, variant, axis.index)];
    if (gets_through(study, study.variants[variant])) {
      last_good = std::max(last_good.value_or(x), x);
    } else {
      first_bad = std::min(first_bad.value_or(x), x);
    }
  }
  if (!last_good || !first_bad || *last_good > *first_bad) return std::nullopt;
  return first_bad;
}

/// A line down where all that hang do so at one value; else a ring on each curve.
void mark_knees(LineChart& chart, const Study& study, const NumericAxis& axis) {
  chart.ring = "from here on it hangs";
  std::set<double> knees;
  for (const Family& family : families(study, {axis.index})) {
    const std::optional<double> x = knee_of(study, family, axis);
    if (!x) continue;
    knees.insert(*x);
    mark_knee(chart, family.name, *x);
  }
  if (knees.size() != 1) return;
  chart.knee = {*knees.begin(), fmt::format("hangs from {:g} on", *knees.begin())};
  for (LineChart::Series& series : chart.series) series.knee.reset();
}

LineChart latency_curve(const Study& study, const NumericAxis& axis) {
  const Noun noun = noun_of(*study.felt(study.variants.front()).flow);
  LineChart chart;
  chart.title = fmt::format("Latency of {} against {}", noun.one, axis.label);
  chart.x_label = axis.label;
  chart.y_label = fmt::format("95th percentile of {}, from call to answer", noun.one);
  chart.band = "from the median to the 95th percentile";
  chart.budget = budget_of(study);
  add_series(chart, study, axis, [&](const VariantView& view, LineChart::Sample& sample) {
    const FlowView& felt = study.felt(view);
    if (!is_measured(felt.p95)) return false;
    sample.y = sample.high = felt.p95.value;
    sample.low = felt.p50.value;
    sample.censored = felt.p95.is_bound();
    return true;
  });
  mark_knees(chart, study, axis);
  return chart;
}

struct Curve {
  std::string_view metric;
  std::string_view title;
  std::string_view label;
  LineChart::Values values;
};
constexpr Curve page_curves[] = {
    {"connections.peak", "Open connections", "open connections of all browsers, at most",
     LineChart::Values::numbers},
    {"staleness.p95", "Staleness", "95th percentile of the time from an update to its display",
     LineChart::Values::latencies},
    {"requests.rate", "Load of the app", "requests that reach the app (1/s)",
     LineChart::Values::numbers},
};

LineChart page_curve(const Study& study, const NumericAxis& axis, const Curve& curve) {
  LineChart chart;
  chart.title = fmt::format("{} against {}", curve.title, axis.label);
  chart.x_label = axis.label;
  chart.y_label = curve.label;
  chart.values = curve.values;
  add_series(chart, study, axis, [&](const VariantView& view, LineChart::Sample& sample) {
    const MetricValue value = metric(*view.result, curve.metric);
    if (!is_measured(value)) return false;
    sample.y = sample.low = sample.high = value.value;
    sample.censored = value.is_bound();
    return true;
  });
  return chart;
}

/// What more requests buy: polls make rows current, streams do so for nothing.
LineChart staleness_against_load(const Study& study, const NumericAxis& axis) {
  LineChart chart;
  chart.title = fmt::format("Staleness against load; points by {}", axis.label);
  chart.x_label = "requests that reach the app (1/s)";
  chart.y_label = "95th percentile of the time from an update to its display";
  for (const Family& family : families(study, {axis.index})) {
    LineChart::Series series{.name = family.name, .samples = {}, .knee = {}};
    for (const std::size_t variant : family.variants) {
      const scenarios::VariantResult& result = *study.variants[variant].result;
      const MetricValue load = metric(result, "requests.rate");
      const MetricValue age = metric(result, "staleness.p95");
      if (!is_measured(load) || !is_measured(age)) continue;
      series.samples.push_back({load.value, age.value, age.value, age.value, age.is_bound()});
    }
    std::ranges::stable_sort(series.samples, {}, &LineChart::Sample::x);
    if (!series.samples.empty()) chart.series.push_back(std::move(series));
  }
  return chart;
}

bool holds(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  return gets_through(study, view) &&
         std::ranges::all_of(view.result->verdicts, &scenarios::Verdict::holds);
}

/// For each value of `across` the largest value of `up` below which every variant holds.
LineChart::Series frontier(const Study& study, const Family& family, const NumericAxis& up,
                           const NumericAxis& across) {
  LineChart::Series series{
      .name = family.name.empty() ? "holds up to here" : family.name, .samples = {}, .knee = {}};
  for (std::size_t i = 0; i < across.values.size(); ++i) {
    std::vector<std::pair<double, bool>> column;
    for (const std::size_t variant : family.variants) {
      if (value_index(study, variant, across.index) != i) continue;
      column.push_back({up.values[value_index(study, variant, up.index)], holds(study, variant)});
    }
    std::ranges::sort(column);
    double largest = 0.0;
    for (const auto& [value, good] : column) {
      if (!good) break;
      largest = value;
    }
    const bool open = !column.empty() && largest == column.back().first && column.back().second;
    series.samples.push_back({across.values[i], largest, largest, largest, open});
  }
  std::ranges::sort(series.samples, {}, &LineChart::Sample::x);
  return series;
}

Matrix::Cell cell_of(const Study& study, const VariantView& view) {
  const Graded graded = grade(study, view);
  switch (graded.grade) {
    case Grade::green:
      if (!graded.waits) return {Matrix::Mark::good, graded.text};
      return {Matrix::Mark::slow, graded.text + ", waits"};
    case Grade::red:
      return {Matrix::Mark::bad, graded.text};
    case Grade::none:
      break;
  }
  return {Matrix::Mark::none, graded.text};
}

std::vector<std::string> names_on(const scenarios::Axis& axis) {
  std::vector<std::string> names;
  for (const std::string& value : axis.values) names.push_back(clean(value));
  return names;
}

Matrix matrix_of(const Study& study, const Family& family, std::size_t down, std::size_t across) {
  const std::vector<scenarios::Axis>& axes = study.results->scenario.compare;
  const Noun noun = noun_of(*study.felt(study.variants.front()).flow);
  Matrix matrix;
  matrix.caption = fmt::format("{}: does it get through, and its 95th percentile{}{}",
                               sentence(noun.one), family.name.empty() ? "" : "; ", family.name);
  matrix.corner = fmt::format("{} \\ {}", short_key(axes[down].key), short_key(axes[across].key));
  matrix.columns = names_on(axes[across]);
  for (const std::string& name : names_on(axes[down])) {
    matrix.rows.push_back({name, std::vector<Matrix::Cell>(matrix.columns.size())});
  }
  for (const std::size_t variant : family.variants) {
    Matrix::Row& row = matrix.rows[value_index(study, variant, down)];
    row.cells[value_index(study, variant, across)] = cell_of(study, study.variants[variant]);
  }
  return matrix;
}

/// Paths alone: one column.
Matrix column_of_paths(const Study& study, std::size_t down) {
  const scenarios::Axis& axis = study.results->scenario.compare[down];
  const models::Design* design = study.variants.front().world().page.design;
  const Noun noun = noun_of(*study.felt(study.variants.front()).flow);
  Matrix matrix;
  matrix.caption =
      sentence(fmt::format("{}: does it get through, and its 95th percentile", noun.one));
  matrix.corner = short_key(axis.key);
  matrix.columns.emplace_back(design == nullptr ? "a script" : design->name);
  for (const std::string& name : names_on(axis)) matrix.rows.push_back({name, {{}}});
  for (const VariantView& view : study.variants) {
    const auto value = std::ranges::find(axis.values, view.result->variant.settings[down].second);
    matrix.rows[static_cast<std::size_t>(value - axis.values.begin())].cells = {
        cell_of(study, view)};
  }
  return matrix;
}

}  // namespace

std::vector<LineChart> curves(const Study& study) {
  std::vector<LineChart> charts;
  if (!study.has_flow()) return charts;
  const std::vector<NumericAxis> axes = numeric_axes(study, fewest_points);
  for (const NumericAxis& axis : axes) {
    charts.push_back(latency_curve(study, axis));
    for (const Curve& curve : page_curves) charts.push_back(page_curve(study, axis, curve));
    charts.push_back(staleness_against_load(study, axis));
  }
  return charts;
}

std::vector<LineChart> frontiers(const Study& study) {
  const std::vector<NumericAxis> axes = numeric_axes(study, 2);
  std::vector<LineChart> charts;
  if (!study.has_flow() || axes.size() < 2) return charts;
  LineChart chart;
  chart.title = fmt::format("Largest {} that holds, against {}", axes[0].label, axes[1].label);
  chart.x_label = axes[1].label;
  chart.y_label = fmt::format("largest {} that holds", axes[0].label);
  chart.bound =
      "the largest that was simulated; a variant holds when the felt request gets through "
      "and its expectations are met";
  chart.values = LineChart::Values::numbers;
  for (const Family& family : families(study, {axes[0].index, axes[1].index})) {
    chart.series.push_back(frontier(study, family, axes[0], axes[1]));
  }
  charts.push_back(std::move(chart));
  return charts;
}

std::vector<Matrix> matrices(const Study& study) {
  std::vector<Matrix> all;
  const std::vector<scenarios::Axis>& axes = study.results->scenario.compare;
  std::vector<std::size_t> several;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (axes[i].values.size() > 1) several.push_back(i);
  }
  if (!study.has_flow() || several.empty()) return all;
  if (several.size() == 1) {
    if (axes[several[0]].key == "path") all.push_back(column_of_paths(study, several[0]));
    return all;
  }
  const bool narrow = axes[several[0]].values.size() >= axes[several[1]].values.size();
  const std::size_t down = several[narrow ? 0 : 1];
  const std::size_t across = several[narrow ? 1 : 0];
  for (const Family& family : families(study, {down, across})) {
    all.push_back(matrix_of(study, family, down, across));
  }
  return all;
}

}  // namespace sixslots::reports
