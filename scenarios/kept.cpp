#include "scenarios/kept.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sixslots::scenarios {
namespace {

std::vector<const sim::Tally*> tallies_of(const Pooled& one) {
  std::vector<const sim::Tally*> tallies;
  tallies.reserve(one.tallies());
  for (std::size_t i = 0; i < one.tallies(); ++i) tallies.push_back(&one.tally(i));
  return tallies;
}

}  // namespace

Weighted Kept::contribution(std::size_t metric) const {
  const Weighted& one = values[metric];
  return {std::isnan(one.value) ? 0.0 : one.value, one.weight};
}

std::size_t Replications::place_of(std::string_view metric) const {
  const auto found = std::ranges::find_if(
      measures, [metric](const MetricMeasure& measure) { return measure.info.name == metric; });
  return static_cast<std::size_t>(found - measures.begin());
}

void keep(std::span<const MetricMeasure> measures, const Pooled& one, Kept& kept) {
  kept.values.clear();
  kept.values.reserve(measures.size());
  for (const MetricMeasure& measure : measures) {
    const Measured measured = measure.value(one);
    const bool none = measured.kind == MetricValue::Kind::none;
    kept.values.push_back(
        {none ? std::numeric_limits<double>::quiet_NaN() : measured.value, measure.weight(one)});
  }
  kept.tallies.assign(tallies_of(one));
}

}  // namespace sixslots::scenarios
