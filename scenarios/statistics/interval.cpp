#include "scenarios/statistics/interval.hpp"

#include <cmath>
#include <vector>

#include "scenarios/statistics/student_t.hpp"

namespace sixslots::scenarios {

Interval Estimate::interval(double confidence) const {
  return interval_of(student_t(confidence, replications - 1));
}

Estimate estimate(std::span<const Weighted> replications) {
  Estimate result;
  result.replications = static_cast<int>(replications.size());
  double weights = 0.0;
  double sum = 0.0;
  for (const Weighted& one : replications) {
    weights += one.weight;
    if (one.weight > 0.0) sum += one.weight * one.value;
  }
  if (weights <= 0.0) return result;
  result.value = sum / weights;
  const auto count = static_cast<double>(replications.size());
  if (replications.size() < 2) return result;
  double squares = 0.0;
  for (const Weighted& one : replications) {
    if (one.weight <= 0.0) continue;
    const double deviation = one.weight * count / weights * (one.value - result.value);
    squares += deviation * deviation;
  }
  result.error = std::sqrt(squares / (count - 1.0) / count);
  return result;
}

Estimate estimate(std::span<const double> replications) {
  std::vector<Weighted> weighted;
  weighted.reserve(replications.size());
  for (const double value : replications) weighted.push_back({value, 1.0});
  return estimate(weighted);
}

}  // namespace sixslots::scenarios
