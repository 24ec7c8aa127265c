#include "reports/study_axes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "reports/text.hpp"
#include "scenarios/key_paths.hpp"
#include "scenarios/units.hpp"

namespace sixslots::reports {
namespace {

struct Quantity {
  double number = 0.0;
  std::string unit;
};

std::optional<Quantity> quantity_of(std::string_view text) {
  Quantity quantity;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, quantity.number);
  if (error != std::errc{}) return std::nullopt;
  quantity.unit.assign(stop, end);
  return quantity;
}

/// Durations may have several units: 500ms, 1s.
std::optional<NumericAxis> in_seconds(const scenarios::Axis& axis, std::size_t index) {
  NumericAxis numbers{.index = index, .label = short_key(axis.key) + " (s)", .values = {}};
  try {
    for (const std::string& text : axis.values) {
      const sim::Duration duration = scenarios::parse_duration(text, {axis.position, axis.key});
      numbers.values.push_back(sim::seconds(duration));
    }
  } catch (const scenarios::Error&) {
    return std::nullopt;
  }
  return numbers;
}

/// Names such as TLS "1.2" are no numbers.
bool is_choice(const Study& study, const scenarios::Axis& axis) {
  const scenarios::Address address =
      scenarios::locate(axis.key, study.results->scenario, axis.position);
  return std::holds_alternative<scenarios::Choice>(address.key->field);
}

std::optional<NumericAxis> numeric(const Study& study, const scenarios::Axis& axis,
                                   std::size_t index) {
  if (is_choice(study, axis)) return std::nullopt;
  NumericAxis numbers{.index = index, .label = short_key(axis.key), .values = {}};
  std::string unit;
  for (const std::string& text : axis.values) {
    const std::optional<Quantity> quantity = quantity_of(text);
    if (!quantity) return std::nullopt;
    if (numbers.values.empty()) unit = quantity->unit;
    if (quantity->unit != unit) return in_seconds(axis, index);
    numbers.values.push_back(quantity->number);
  }
  if (!unit.empty()) numbers.label += fmt::format(" ({})", clean(unit));
  return numbers;
}

}  // namespace

std::string short_key(std::string_view key) {
  std::string name(key.substr(key.rfind('.') + 1));
  std::ranges::replace(name, '_', ' ');
  return clean(name);
}

std::vector<NumericAxis> numeric_axes(const Study& study, std::size_t fewest) {
  std::vector<NumericAxis> found;
  const std::vector<scenarios::Axis>& axes = study.results->scenario.compare;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (axes[i].values.size() < fewest) continue;
    if (const std::optional<NumericAxis> axis = numeric(study, axes[i], i)) found.push_back(*axis);
  }
  return found;
}

std::size_t value_index(const Study& study, std::size_t variant, std::size_t axis) {
  const std::vector<std::string>& values = study.results->scenario.compare[axis].values;
  const auto& settings = study.variants[variant].result->variant.settings;
  const auto found = std::ranges::find(values, settings[axis].second);
  return static_cast<std::size_t>(found - values.begin());
}

std::vector<Family> families(const Study& study, const std::vector<std::size_t>& varied) {
  std::vector<Family> all;
  std::map<std::vector<std::string>, std::size_t> known;
  for (std::size_t i = 0; i < study.variants.size(); ++i) {
    std::vector<std::string> others;
    for (std::size_t axis = 0; axis < study.results->scenario.compare.size(); ++axis) {
      const scenarios::Axis& compared = study.results->scenario.compare[axis];
      const bool same = std::ranges::find(varied, axis) != varied.end();
      if (same || compared.values.size() < 2) continue;
      const std::string value = clean(study.variants[i].result->variant.settings[axis].second);
      const bool number = quantity_of(value).has_value();
      others.push_back(number ? fmt::format("{} {}", short_key(compared.key), value) : value);
    }
    const auto [place, is_new] = known.try_emplace(others, all.size());
    if (is_new) all.push_back({fmt::format("{}", fmt::join(others, ", ")), {}});
    all[place->second].variants.push_back(i);
  }
  return all;
}

}  // namespace sixslots::reports
