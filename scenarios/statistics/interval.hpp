#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sixslots::scenarios {

/// A range that holds the true value in 95 of 100 experiments.
struct Interval {
  double low = 0.0;
  double high = 0.0;

  [[nodiscard]] double half_width() const { return (high - low) / 2.0; }
  [[nodiscard]] bool holds(double value) const { return low <= value && value <= high; }
};

inline constexpr double usual_confidence = 0.95;

/// A value of each replication, and how much of the whole the replication has: the number of its
/// requests for a mean over requests, 1 for a mean over time.
struct Weighted {
  double value = 0.0;
  double weight = 1.0;
};

/// The weighted mean of replications and its standard error, the ratio estimator's (Law, Simulation
/// Modeling and Analysis, 9.3; Cochran, Sampling Techniques, 6): with equal weights the ordinary
/// mean and its s / sqrt(R).
struct Estimate {
  double value = 0.0;
  double error = 0.0;
  int replications = 0;

  /// Student's interval with R - 1 degrees of freedom; R > 1.
  [[nodiscard]] Interval interval(double confidence = usual_confidence) const;
  /// The same with a value of student_t() that many intervals share.
  [[nodiscard]] Interval interval_of(double t) const {
    return {value - t * error, value + t * error};
  }
};

Estimate estimate(std::span<const Weighted> replications);
/// With equal weights.
Estimate estimate(std::span<const double> replications);

}  // namespace sixslots::scenarios
