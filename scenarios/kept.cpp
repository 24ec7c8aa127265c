#include "scenarios/kept.hpp"

#include <cmath>
#include <limits>

namespace sixslots::scenarios {
namespace {

sim::PackedTallies take_tallies(Pooled& one) {
  std::vector<const sim::Tally*> tallies;
  tallies.reserve(one.tallies());
  for (std::size_t i = 0; i < one.tallies(); ++i) tallies.push_back(&one.tally(i));
  sim::PackedTallies packed(tallies);
  for (std::size_t i = 0; i < one.tallies(); ++i) one.tally(i) = {};
  return packed;
}

}  // namespace

Weighted Kept::contribution(std::size_t metric) const {
  const Weighted& one = values[metric];
  return {std::isnan(one.value) ? 0.0 : one.value, one.weight};
}

Kept keep(std::span<const MetricInfo> metrics, const Scenario& scenario, Pooled& one) {
  Kept kept;
  kept.values.reserve(metrics.size());
  for (const MetricInfo& metric : metrics) {
    const Measured measured = value_of(metric, scenario, one);
    const bool none = measured.kind == MetricValue::Kind::none;
    kept.values.push_back({none ? std::numeric_limits<double>::quiet_NaN() : measured.value,
                           weight(metric, scenario, one)});
  }
  kept.tallies = take_tallies(one);
  return kept;
}

}  // namespace sixslots::scenarios
