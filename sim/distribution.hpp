#pragma once

#include <array>
#include <cstdint>

#include "sim/double_double.hpp"
#include "sim/random.hpp"
#include "sim/time.hpp"

namespace sixslots::sim {

/// A law of durations, drawn by inversion: one uniform number for one variate whatever the law, so
/// that variants which differ in a law still meet the same luck. Variates are integer nanoseconds,
/// rounded half up, and the same on every compiler and C library.
class Distribution {
 public:
  enum class Kind : std::uint8_t {
    constant,          // value
    exponential,       // mean
    uniform,           // low, high
    lognormal,         // median, sigma
    pareto,            // minimum, alpha
    lomax,             // scale, alpha
    weibull,           // scale, shape
    erlang,            // mean, phases
    hyperexponential,  // mean1, mean2, p1
  };
  static constexpr int max_phases = 100;

  /// Always zero.
  constexpr Distribution() = default;

  static Distribution constant(Duration value);
  static Distribution exponential(Duration mean);
  static Distribution uniform(Duration low, Duration high);
  static Distribution lognormal_mean_scv(Duration mean, double scv);
  static Distribution lognormal_median_p95(Duration median, Duration p95);
  static Distribution pareto(double alpha, Duration minimum);
  static Distribution lomax(double alpha, Duration scale);
  static Distribution weibull(double shape, Duration scale);
  static Distribution erlang(int phases, Duration mean);
  static Distribution hyperexponential(double p1, Duration mean1, Duration mean2);

  /// Takes exactly one number from the stream.
  Duration sample(RandomStream& stream) const { return sample_at(stream.exact_uniform()); }

  /// The variate that u stands for, 2^-54 <= u < 1: the duration exceeded with probability u,
  /// except that the uniform law grows with u. At most half of what a Duration holds: sums of two
  /// are safe.
  Duration sample_at(const DoubleDouble& u) const;
  Duration sample_at(double u) const { return sample_at(DoubleDouble{u, 0}); }

  /// Those that a batch of numbers stands for, the same as one by one.
  void sample(const NumberBatch& numbers, VariateBatch& variates) const;

  /// The same before it is rounded.
  double nanoseconds_at(const DoubleDouble& u) const;

  /// The duration that a share p of the variates stays at or below, 2^-53 <= p <= 1 - 2^-53.
  Duration quantile(double p) const;

  /// Seconds; infinite where the tail is too heavy.
  double mean() const;

  /// Variance over squared mean; infinite where the tail is too heavy, 0 when the mean is 0.
  double scv() const;

  constexpr Kind kind() const { return kind_; }

  /// In the order written at Kind, unused ones 0; durations in seconds.
  std::array<double, 3> parameters() const;

  friend bool operator==(const Distribution&, const Distribution&) = default;

 private:
  constexpr Distribution(Kind kind, double first, double second = 0, double third = 0,
                         DoubleDouble exponent = {})
      : kind_(kind), first_(first), second_(second), third_(third), exponent_(exponent) {}

  Kind kind_ = Kind::constant;
  // The parameters, durations in nanoseconds; in a lognormal law the third is what rounding took
  // from the first, relatively.
  double first_ = 0;
  double second_ = 0;
  double third_ = 0;
  // What multiplies a logarithm or a normal variate.
  DoubleDouble exponent_{};
};

}  // namespace sixslots::sim
