#include "reports/study_axes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/text.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/sweep.hpp"

namespace sixslots::reports {
namespace {

std::optional<NumericAxis> numeric(const scenarios::Axis& axis, std::size_t index) {
  const std::optional<scenarios::AxisNumbers> numbers = scenarios::numbers_on(axis);
  if (!numbers) return std::nullopt;
  NumericAxis found{.index = index, .label = short_key(axis.key), .values = numbers->values};
  if (!numbers->unit.empty()) found.label += fmt::format(" ({})", clean(numbers->unit));
  return found;
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
    if (const std::optional<NumericAxis> axis = numeric(axes[i], i)) found.push_back(*axis);
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
      const bool number = scenarios::written_number(value).has_value();
      others.push_back(number ? fmt::format("{} {}", short_key(compared.key), value) : value);
    }
    const auto [place, is_new] = known.try_emplace(others, all.size());
    if (is_new) all.push_back({fmt::format("{}", fmt::join(others, ", ")), {}});
    all[place->second].variants.push_back(i);
  }
  return all;
}

}  // namespace sixslots::reports
