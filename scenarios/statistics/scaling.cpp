#include "scenarios/statistics/scaling.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "scenarios/statistics/metric_intervals.hpp"

namespace sixslots::scenarios {
namespace {

struct Line {
  double slope = 0.0;
  double intercept = 0.0;
  double error = 0.0;  // sum of squares
};

/// Least squares of y on min(x, most).
Line fit(std::span<const double> x, std::span<const double> y, double most) {
  const auto count = static_cast<double>(x.size());
  double mean_x = 0.0;
  double mean_y = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += std::min(x[i], most) / count;
    mean_y += y[i] / count;
  }
  double squares = 0.0;
  double products = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double dx = std::min(x[i], most) - mean_x;
    squares += dx * dx;
    products += dx * (y[i] - mean_y);
  }
  Line line;
  line.slope = squares > 0.0 ? products / squares : 0.0;
  line.intercept = mean_y - line.slope * mean_x;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double miss = y[i] - line.intercept - line.slope * std::min(x[i], most);
    line.error += miss * miss;
  }
  return line;
}

std::vector<double> averages(std::span<const std::vector<double>> levels) {
  std::vector<double> means;
  for (const std::vector<double>& at : levels) means.push_back(estimate(at).value);
  return means;
}

std::vector<double> of_replication(std::span<const std::vector<double>> levels, std::size_t r) {
  std::vector<double> values;
  for (const std::vector<double>& at : levels) values.push_back(at[r]);
  return values;
}

}  // namespace

Scaling scaling(std::span<const double> x, std::span<const std::vector<double>> levels) {
  assert(x.size() >= 2 && x.size() == levels.size());
  const std::vector<double> means = averages(levels);
  double flat = 0.0;  // how far the levels are from being all equal
  for (const double mean : means) flat += (mean - means.front()) * (mean - means.front());
  const Line straight = fit(x, means, x.back());
  Line best = straight;
  Scaling result;
  result.break_at = x.back();
  // A break must explain something that the straight line does not.
  const double worth = std::max(1e-9 * flat, 0.25 * straight.error);
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const Line bent = fit(x, means, x[i]);
    if (bent.error >= best.error || straight.error - bent.error <= worth) continue;
    best = bent;
    result.break_at = x[i];
    result.levels_off = true;
  }
  result.slope = best.slope;
  result.plateau = best.intercept + best.slope * result.break_at;
  std::size_t replications = std::numeric_limits<std::size_t>::max();
  for (const std::vector<double>& at : levels) replications = std::min(replications, at.size());
  if (replications < static_cast<std::size_t>(fewest_replications)) return result;
  std::vector<double> slopes;
  for (std::size_t r = 0; r < replications; ++r) {
    slopes.push_back(fit(x, of_replication(levels, r), result.break_at).slope);
  }
  result.interval = estimate(slopes).interval();
  return result;
}

}  // namespace sixslots::scenarios
