#include "scenarios/sweep.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

#include "scenarios/expectations.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/key_paths.hpp"
#include "scenarios/keys.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/scale.hpp"
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

std::optional<AxisNumbers> in_their_unit(const Axis& axis) {
  AxisNumbers numbers;
  for (const std::string& value : axis.values) {
    const std::optional<WrittenNumber> number = written_number(value);
    if (!number || (!numbers.values.empty() && number->unit != numbers.unit)) return std::nullopt;
    numbers.values.push_back(number->value);
    numbers.unit = number->unit;
  }
  return numbers;
}

/// "/s" of "1/s"
std::string_view behind_a_number(std::string_view unit_name) {
  return unit_name.starts_with("1/") ? unit_name.substr(1) : unit_name;
}

/// Without a scale as durations, which distributions may be written as.
std::optional<AxisNumbers> in_one_unit(const Axis& axis, const Scale* scale) {
  AxisNumbers numbers{.values = {}, .unit = "s"};
  if (scale != nullptr) numbers.unit = behind_a_number(scale->unit_name);
  const Subject subject{axis.position, axis.key};
  try {
    for (const std::string& value : axis.values) {
      numbers.values.push_back(
          scale == nullptr ? sim::seconds(parse_duration(value, subject))
                           : static_cast<double>(scale->parse(value, subject)) / scale->unit);
    }
  } catch (const Error&) {
    return std::nullopt;  // a word
  }
  return numbers;
}

const std::string& setting(const SweepPoint& point, const std::string& key) {
  return std::ranges::find(point.settings, key, &std::pair<std::string, std::string>::first)
      ->second;
}

std::string label_of(const SweepPoint& point, const std::vector<Axis>& axes) {
  std::string label;
  for (const Axis& axis : axes) {
    const std::string& value = setting(point, axis.key);
    const bool bare_number = value.find_first_not_of("0123456789.") == std::string::npos;
    const std::string name = axis.key.substr(axis.key.rfind('.') + 1);
    label += (label.empty() ? "" : ", ") + (bare_number ? name + " " + value : value) +
             of_which_hop(axis.key);
  }
  return label;
}

/// The other axes that tell series apart; where none does, those that say what the series is.
std::vector<Axis> axes_besides(const Sweep& sweep, const Axis& axis) {
  std::vector<Axis> others = sweep.header.axes;
  std::erase_if(others, [&](const Axis& other) { return other.key == axis.key; });
  const auto varies = [](const Axis& other) { return other.values.size() > 1; };
  if (std::ranges::any_of(others, varies)) std::erase_if(others, std::not_fn(varies));
  return others;
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
  const Key* key = find_key(pattern(axis.key));
  if (key == nullptr || std::holds_alternative<Choice>(key->field) ||
      std::holds_alternative<Place<std::string>>(key->field)) {
    return std::nullopt;
  }
  const std::optional<AxisNumbers> numbers = in_their_unit(axis);
  return numbers ? numbers : in_one_unit(axis, scale_of(*key));
}

std::vector<SweepSeries> series_along(const Sweep& sweep, const Axis& axis) {
  std::vector<SweepSeries> all;
  const std::optional<AxisNumbers> numbers = numbers_on(axis);
  if (!numbers) return all;
  const std::vector<Axis> others = axes_besides(sweep, axis);
  for (const SweepPoint& point : sweep.points) {
    const std::string label = label_of(point, others);
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
