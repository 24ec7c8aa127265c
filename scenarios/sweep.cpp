#include "scenarios/sweep.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include "scenarios/expectations.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

constexpr double knee_factor = 2.0;

std::string felt_flow(const Scenario& scenario) {
  const auto& flows = scenario.world.requests;
  const auto by_user = std::ranges::find(flows, true, &models::RequestFlow::by_user);
  if (by_user != flows.end()) return by_user->name;
  const auto click = std::ranges::find(flows, "click", &models::RequestFlow::name);
  if (click != flows.end()) return click->name;
  return flows.empty() ? "" : flows.front().name;
}

/// The number that a value is, and what stands behind it: nothing, or a unit.
std::optional<double> number_in(std::string_view text, std::string_view& unit) {
  double value = 0.0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  unit = text.substr(static_cast<std::size_t>(stop - text.data()));
  if (fault != std::errc{}) return std::nullopt;
  return value;
}

std::optional<AxisNumbers> in_their_unit(const Axis& axis) {
  AxisNumbers numbers;
  for (const std::string& value : axis.values) {
    std::string_view unit;
    const std::optional<double> number = number_in(value, unit);
    if (!number || (!numbers.values.empty() && unit != numbers.unit)) return std::nullopt;
    numbers.values.push_back(*number);
    numbers.unit = unit;
  }
  return numbers;
}

std::optional<AxisNumbers> in_seconds(const Axis& axis) {
  AxisNumbers numbers{.values = {}, .unit = "s"};
  try {
    for (const std::string& value : axis.values) {
      numbers.values.push_back(sim::seconds(parse_duration(value, {axis.position, axis.key})));
    }
  } catch (const Error&) {
    return std::nullopt;
  }
  return numbers;
}

const std::string& setting(const SweepPoint& point, const std::string& key) {
  return std::ranges::find(point.settings, key, &std::pair<std::string, std::string>::first)
      ->second;
}

std::string label_without(const SweepPoint& point, const Axis& axis) {
  std::string label;
  for (const auto& [key, value] : point.settings) {
    if (key == axis.key) continue;
    const bool bare_number = value.find_first_not_of("0123456789.") == std::string::npos;
    const std::string name = key.substr(key.rfind('.') + 1);
    label += (label.empty() ? "" : ", ") + (bare_number ? name + " " + value : value);
  }
  return label;
}

struct Measured {
  std::size_t point = 0;
  const MetricValue* value = nullptr;
};

std::vector<Measured> measured_on(const SweepSeries& series, std::string_view metric) {
  std::vector<Measured> all;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const MetricValue* value = series.points[i]->metric(metric);
    if (value != nullptr && value->kind != MetricValue::Kind::none) all.push_back({i, value});
  }
  return all;
}

bool past_knee(const MetricValue& value, const MetricValue& better) {
  return value.is_bound() || value.value > knee_factor * better.value;
}

/// The end that the other one is no knee away from; where neither is answered, the lowest between
/// them, or nullptr.
const Measured* better_of(const std::vector<Measured>& all) {
  const Measured& first = all.front();
  const Measured& last = all.back();
  if (!last.value->is_bound() && past_knee(*first.value, *last.value)) return &last;
  if (!first.value->is_bound()) return &first;
  const Measured* lowest = nullptr;
  for (const Measured& one : all) {
    if (one.value->is_bound()) continue;
    if (lowest == nullptr || one.value->value < lowest->value->value) lowest = &one;
  }
  return lowest;
}

}  // namespace

const MetricValue* SweepPoint::metric(std::string_view name) const {
  for (const MetricValue& value : metrics) {
    if (value.info.name == name) return &value;
  }
  return nullptr;
}

SweepHeader sweep_header(const Scenario& scenario, std::size_t points) {
  SweepHeader header{.title = scenario.title.empty() ? scenario.file : scenario.title,
                     .hash = hash_of(scenario),
                     .version = SIXSLOTS_VERSION,
                     .seed = scenario.run.seed,
                     .points = points,
                     .flow = felt_flow(scenario),
                     .axes = scenario.compare,
                     .budget_text = {}};
  const std::string prefix = header.flow + ".latency.";
  if (const Expectation* limit = tightest_limit(scenario, prefix)) {
    header.budget = limit->limit;
    header.budget_text = limit->metric.substr(prefix.size()) + " " + limit->text;
  }
  return header;
}

SweepPoint sweep_point(std::size_t index, const VariantResult& result) {
  SweepPoint point{.index = index,
                   .label = result.variant.label,
                   .settings = result.variant.settings,
                   .replications = result.replications,
                   .metrics = result.metrics,
                   .connections = {},
                   .warnings = result.diagnosis.warnings,
                   .multiplexed = multiplexed(result.variant.scenario.world.hops.front().protocol),
                   .little = {}};
  if (result.diagnosis.little) point.little = result.diagnosis.little->difference();
  for (std::size_t i = 0; i < result.metrics.size(); ++i) {
    if (result.metrics[i].info.name == "connections.mean") {
      point.connections = result.by_replication[i];
    }
  }
  return point;
}

std::optional<AxisNumbers> numbers_on(const Axis& axis) {
  const std::optional<AxisNumbers> numbers = in_their_unit(axis);
  return numbers ? numbers : in_seconds(axis);
}

std::vector<SweepSeries> series_along(const Sweep& sweep, const Axis& axis) {
  std::vector<SweepSeries> all;
  const std::optional<AxisNumbers> numbers = numbers_on(axis);
  if (!numbers) return all;
  for (const SweepPoint& point : sweep.points) {
    const std::string label = label_without(point, axis);
    auto series = std::ranges::find(all, label, &SweepSeries::label);
    if (series == all.end()) {
      all.push_back({label, {}, {}});
      series = all.end() - 1;
    }
    const auto value = std::ranges::find(axis.values, setting(point, axis.key));
    const double x = numbers->values[static_cast<std::size_t>(value - axis.values.begin())];
    const auto at = std::ranges::upper_bound(series->x, x) - series->x.begin();
    series->x.insert(series->x.begin() + at, x);
    series->points.insert(series->points.begin() + at, &point);
  }
  std::erase_if(all, [](const SweepSeries& series) { return series.x.size() < 2; });
  return all;
}

bool Knees::past(std::size_t point) const {
  return everywhere || (below && point <= below->past) || (above && point >= above->past);
}

Knees knees(const SweepSeries& series, std::string_view metric) {
  const std::vector<Measured> measured = measured_on(series, metric);
  if (measured.empty()) return {};
  const Measured* better = better_of(measured);
  if (better == nullptr) return {.everywhere = true, .below = {}, .above = {}};
  const auto is_past = [&](const Measured& one) { return past_knee(*one.value, *better->value); };
  const auto from = measured.begin() + (better - measured.data());
  Knees found;
  const auto above = std::find_if(from, measured.end(), is_past);
  if (above != measured.end()) found.above = {std::prev(above)->point, above->point};
  const auto below = std::find_if(std::reverse_iterator(from), measured.rend(), is_past);
  if (below != measured.rend()) found.below = {std::prev(below)->point, below->point};
  return found;
}

}  // namespace sixslots::scenarios
