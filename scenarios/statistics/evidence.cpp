#include "scenarios/statistics/evidence.hpp"

#include <algorithm>
#include <limits>

#include "scenarios/kept.hpp"
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

std::optional<Evidence> evidence(std::string_view metric, double limit, const Replications& all) {
  const std::size_t place = all.place_of(metric);
  if (place == all.measures.size()) return std::nullopt;
  const Statistic statistic = all.measures[place].statistic;
  if (statistic.kind == Statistic::Kind::other || limit <= 0.0) return std::nullopt;
  Evidence result{{}, limit};
  result.replications.reserve(all.each.size());
  if (statistic.kind == Statistic::Kind::mean) {
    for (const Kept& one : all.each) result.replications.push_back(one.contribution(place));
    return result;
  }
  result.limit = 1.0 - statistic.p;
  const std::size_t tally = *all.measures[place].tally;
  const sim::Unfinished unfinished = all.pooled.tally(tally).unfinished();
  for (const Kept& one : all.each) {
    const Tail tail(one.tallies[tally], unfinished);
    result.replications.push_back({tail.share_above(limit), static_cast<double>(tail.count())});
  }
  return result;
}

}  // namespace sixslots::scenarios
