#include "scenarios/statistics/crossing.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

#include "scenarios/statistics/metric_intervals.hpp"
#include "scenarios/statistics/student_t.hpp"
#include "sim/math.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();
constexpr std::size_t fewest_for_a_parabola = 4;
constexpr double farthest = 5.0;  // half widths of the loads: beyond, a fit is a guess

/// The mean over replications, all or all but one.
double mean_without(const LoadPoint& point, std::size_t left_out) {
  double weights = 0.0;
  double sum = 0.0;
  for (std::size_t r = 0; r < point.replications.size(); ++r) {
    if (r == left_out || point.replications[r].weight <= 0.0) continue;
    weights += point.replications[r].weight;
    sum += point.replications[r].weight * point.replications[r].value;
  }
  return weights > 0.0 ? sum / weights : 0.0;
}

/// Maps the loads to -1 to 1, where a parabola is well conditioned.
struct Frame {
  double centre = 0.0;
  double half = 1.0;

  explicit Frame(std::span<const LoadPoint> points)
      : centre((points.front().x + points.back().x) / 2.0),
        half((points.back().x - points.front().x) / 2.0) {}
  [[nodiscard]] double inside(double x) const { return (x - centre) / half; }
  [[nodiscard]] double outside(double u) const { return centre + half * u; }
};

/// a + b u + c u^2
using Parabola = std::array<double, 3>;

/// Least squares of the first `terms` powers: the normal equations by elimination with pivots.
std::optional<Parabola> fit(const std::vector<std::pair<double, double>>& samples,
                            std::size_t terms) {
  std::array<std::array<double, 4>, 3> rows{};
  for (const auto& [u, y] : samples) {
    const Parabola powers{1.0, u, u * u};
    for (std::size_t i = 0; i < terms; ++i) {
      for (std::size_t j = 0; j < terms; ++j) rows[i][j] += powers[i] * powers[j];
      rows[i][terms] += powers[i] * y;
    }
  }
  for (std::size_t column = 0; column < terms; ++column) {
    std::size_t pivot = column;
    for (std::size_t i = column + 1; i < terms; ++i) {
      if (std::abs(rows[i][column]) > std::abs(rows[pivot][column])) pivot = i;
    }
    if (std::abs(rows[pivot][column]) < 1e-12) return std::nullopt;
    std::swap(rows[column], rows[pivot]);
    for (std::size_t i = 0; i < terms; ++i) {
      if (i == column) continue;
      const double factor = rows[i][column] / rows[column][column];
      for (std::size_t j = column; j <= terms; ++j) rows[i][j] -= factor * rows[column][j];
    }
  }
  Parabola result{};
  for (std::size_t i = 0; i < terms; ++i) result[i] = rows[i][terms] / rows[i][i];
  return result;
}

/// The root nearest to the middle of the loads.
std::optional<double> root(const Parabola& parabola) {
  const auto [a, b, c] = parabola;
  const double discriminant = b * b - 4.0 * a * c;
  if (discriminant < 0.0) return std::nullopt;
  const double sum = b + std::copysign(std::sqrt(discriminant), b);
  if (sum == 0.0) return std::nullopt;
  return -2.0 * a / sum;
}

/// The curve through the loads' means, all or all but one of the replications.
struct Curve {
  Frame frame;
  std::vector<std::pair<double, double>> samples;  // ln(mean / limit), by place in the frame
  std::size_t terms = 2;
  Parabola parabola{};

  /// Where it meets the limit.
  [[nodiscard]] std::optional<double> crossing() const {
    const std::optional<double> u = root(parabola);
    if (!u || std::abs(*u) > farthest) return std::nullopt;
    return frame.outside(*u);
  }
  [[nodiscard]] double at(double u) const {
    return parabola[0] + u * (parabola[1] + u * parabola[2]);
  }
  [[nodiscard]] double slope_at(double u) const { return parabola[1] + 2.0 * u * parabola[2]; }
};

std::optional<Curve> curve_without(std::span<const LoadPoint> points, double limit,
                                   std::size_t left_out) {
  Curve curve{Frame(points), {}};
  for (const LoadPoint& point : points) {
    const double mean = mean_without(point, left_out);
    if (mean <= 0.0) continue;
    curve.samples.emplace_back(curve.frame.inside(point.x), sim::log(mean / limit));
  }
  if (curve.samples.size() < 2) return std::nullopt;
  curve.terms = curve.samples.size() < fewest_for_a_parabola ? 2 : 3;
  const std::optional<Parabola> parabola = fit(curve.samples, curve.terms);
  if (!parabola) return std::nullopt;
  curve.parabola = *parabola;
  return curve;
}

/// The standard error of what is made of all replications, from what is made without each of them.
double jackknife_error(std::span<const double> others) {
  const auto count = static_cast<double>(others.size());
  const double mean = estimate(others).value;
  double squares = 0.0;
  for (const double other : others) squares += (other - mean) * (other - mean);
  return std::sqrt((count - 1.0) / count * squares);
}

/// The mean square of the distances from the curve, in standard errors of ln(mean).
double misfit_of(const Curve& curve, std::span<const LoadPoint> points) {
  double squares = 0.0;
  std::size_t sample = 0;
  for (const LoadPoint& point : points) {
    const Estimate mean = estimate(point.replications);
    if (mean.value <= 0.0) continue;
    const auto [u, y] = curve.samples[sample++];
    const double distance = (y - curve.at(u)) * mean.value;
    if (mean.error > 0.0) squares += distance * distance / (mean.error * mean.error);
  }
  const std::size_t free = curve.samples.size() - curve.terms;
  return free == 0 ? 0.0 : squares / static_cast<double>(free);
}

}  // namespace

std::optional<Crossing> crossing(std::span<const LoadPoint> points, double limit,
                                 double confidence) {
  assert(points.size() >= 2 && limit > 0.0);
  const std::optional<Curve> curve = curve_without(points, limit, nobody);
  const std::optional<double> x = curve ? curve->crossing() : std::nullopt;
  if (!x) return std::nullopt;
  Crossing result{*x, {}, misfit_of(*curve, points)};
  const std::size_t replications = points.front().replications.size();
  if (replications < static_cast<std::size_t>(fewest_replications)) return result;
  const double u = curve->frame.inside(*x);
  std::vector<double> crossings;
  std::vector<double> slopes;
  for (std::size_t r = 0; r < replications; ++r) {
    const std::optional<Curve> other = curve_without(points, limit, r);
    const std::optional<double> other_x = other ? other->crossing() : std::nullopt;
    if (!other_x) return result;
    crossings.push_back(*other_x);
    slopes.push_back(other->slope_at(u));
  }
  const double t = student_t(confidence, static_cast<int>(replications) - 1);
  const double half = t * jackknife_error(crossings);
  result.interval = Interval{*x - half, *x + half};
  result.flatness = t * jackknife_error(slopes) / std::abs(curve->slope_at(u));
  return result;
}

}  // namespace sixslots::scenarios
