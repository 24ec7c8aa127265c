#include "scenarios/statistics/evidence.hpp"

#include <limits>

#include "scenarios/pooled.hpp"
#include "scenarios/statistics/quantile_interval.hpp"
#include "sim/math.hpp"

namespace sixslots::scenarios {

double Evidence::excess() const {
  constexpr double certain = std::numeric_limits<double>::infinity();
  const Estimate mean = estimate(replications);
  if (mean.value <= 0.0) return -certain;
  const double distance = sim::log(mean.value / limit);
  if (mean.error > 0.0) return distance * mean.value / mean.error;
  return distance > 0.0 ? certain : -certain;
}

std::optional<Evidence> evidence(const MetricInfo& metric, double limit, const Scenario& scenario,
                                 const Pooled& pooled, std::span<const Pooled> each) {
  const Statistic statistic = statistic_of(metric);
  if (statistic.kind == Statistic::Kind::other || limit <= 0.0) return std::nullopt;
  const bool quantile = statistic.kind == Statistic::Kind::quantile;
  Evidence result{{}, quantile ? 1.0 - statistic.p : limit};
  const auto unfinished =
      quantile ? tally_of(metric, scenario, pooled)->unfinished() : sim::Unfinished::leave;
  for (const Pooled& one : each) {
    if (quantile) {
      const Tail tail(*tally_of(metric, scenario, one), unfinished);
      result.replications.push_back({tail.share_above(limit), static_cast<double>(tail.count())});
      continue;
    }
    const Measured measured = value_of(metric, scenario, one);
    const bool none = measured.kind == MetricValue::Kind::none;
    result.replications.push_back({none ? 0.0 : measured.value, weight(metric, scenario, one)});
  }
  return result;
}

}  // namespace sixslots::scenarios
