#include "scenarios/statistics/scaling.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <optional>

#include "scenarios/statistics/metric_intervals.hpp"

namespace sixslots::scenarios {
namespace {

/// Where a curve breaks, and whether it is flat from there on.
struct Shape {
  double break_at = 0.0;
  bool flat = true;
};

/// y = intercept + slope min(x, break) + beyond max(x - break, 0)
struct Line {
  double slope = 0.0;
  double beyond = 0.0;
  double intercept = 0.0;
  double error = 0.0;  // sum of squares

  [[nodiscard]] double at(double x, double break_at) const {
    return intercept + slope * std::min(x, break_at) + beyond * std::max(x - break_at, 0.0);
  }
};

double mean(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// The sum of products of two variables' distances from their means.
double products(std::span<const double> a, std::span<const double> b) {
  const double mean_a = mean(a);
  const double mean_b = mean(b);
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum;
}

/// Least squares.
Line fit(std::span<const double> x, std::span<const double> y, const Shape& shape) {
  std::vector<double> before;
  std::vector<double> after;
  for (const double at : x) {
    before.push_back(std::min(at, shape.break_at));
    after.push_back(shape.flat ? 0.0 : std::max(at - shape.break_at, 0.0));
  }
  const double bb = products(before, before);
  const double ba = products(before, after);
  const double aa = products(after, after);
  const double by = products(before, y);
  const double ay = products(after, y);
  Line line;
  if (shape.flat) {
    line.slope = bb > 0.0 ? by / bb : 0.0;
  } else {
    const double determinant = bb * aa - ba * ba;
    line.slope = (by * aa - ay * ba) / determinant;
    line.beyond = (ay * bb - by * ba) / determinant;
  }
  line.intercept = mean(y) - line.slope * mean(before) - line.beyond * mean(after);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double miss = y[i] - line.at(x[i], shape.break_at);
    line.error += miss * miss;
  }
  return line;
}

struct Fitted {
  Shape shape;
  Line line;
};

/// The line through the numbers up to a break between two of them: what follows says nothing of its
/// slope.
Line line_before(std::span<const double> x, std::span<const double> y, double break_at) {
  const auto count = static_cast<std::size_t>(std::ranges::upper_bound(x, break_at) - x.begin());
  return fit(x.first(count), y.first(count), {x[count - 1], true});
}

/// Of all breaks between two numbers the one that fits best, with a plateau behind it, if it leaves
/// less than `most` unexplained.
std::optional<Fitted> best_break_between(std::span<const double> x, std::span<const double> y,
                                         double most) {
  std::optional<Fitted> best;
  for (std::size_t i = 1; i + 2 < x.size(); ++i) {  // two on the plateau: one would fit any line
    const Line before = line_before(x, y, x[i]);
    const double break_at = (mean(y.subspan(i + 1)) - before.intercept) / before.slope;
    if (!(x[i] < break_at && break_at < x[i + 1])) continue;
    const Shape shape{break_at, true};
    const Line line = fit(x, y, shape);
    if (line.error < (best ? best->line.error : most)) best = {shape, line};
  }
  return best;
}

/// Of all breaks at a number inside `x` the one that fits best, if it leaves less than `most`
/// unexplained.
std::optional<Fitted> best_break(std::span<const double> x, std::span<const double> y, bool flat,
                                 double most) {
  std::optional<Fitted> best;
  // Two slopes want two numbers on each side.
  const std::size_t margin = flat ? 1 : 2;
  for (std::size_t i = margin; i + margin < x.size(); ++i) {
    const Shape shape{x[i], flat};
    const Line line = fit(x, y, shape);
    if (line.error < (best ? best->line.error : most)) best = {shape, line};
  }
  return best;
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
  for (const double level : means) flat += (level - means.front()) * (level - means.front());
  const double rounding = 1e-9 * flat;
  const Shape straight{x.back(), true};
  Fitted best{straight, fit(x, means, straight)};
  Scaling result;
  // A break must explain something that the straight line does not.
  const double whole = best.line.error;
  if (const auto bent = best_break(x, means, true, whole - std::max(rounding, 0.25 * whole))) {
    best = *bent;
    result.breaks = true;
  }
  // What may bend anywhere, or go on with another slope, follows any noise better.
  const auto most = [&] { return std::min(best.line.error - rounding, 0.25 * best.line.error); };
  if (const auto bent = best_break_between(x, means, most())) {
    best = *bent;
    result.breaks = true;
  }
  if (const auto bent = best_break(x, means, false, most())) {
    best = *bent;
    result.breaks = true;
  }
  result.break_at = best.shape.break_at;
  result.between = std::ranges::find(x, result.break_at) == x.end();
  result.slope = best.line.slope;
  result.beyond = best.line.beyond;
  result.plateau = best.line.at(result.break_at, result.break_at);
  const double risen = means[1] - means[0];
  result.at_least =
      result.levels_off() && std::abs(risen) > 0.9 * std::abs(result.plateau - means[0]);
  std::size_t replications = std::numeric_limits<std::size_t>::max();
  for (const std::vector<double>& at : levels) replications = std::min(replications, at.size());
  if (replications < static_cast<std::size_t>(fewest_replications)) return result;
  std::vector<double> slopes;
  for (std::size_t r = 0; r < replications; ++r) {
    const std::vector<double> own = of_replication(levels, r);
    slopes.push_back(
        (result.between ? line_before(x, own, best.shape.break_at) : fit(x, own, best.shape))
            .slope);
  }
  result.interval = estimate(slopes).interval();
  return result;
}

}  // namespace sixslots::scenarios
