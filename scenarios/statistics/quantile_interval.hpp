#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scenarios/statistics/interval.hpp"
#include "sim/tally.hpp"

namespace sixslots::scenarios {

/// Fewer requests a replication beyond a quantile than this, on average, tell nothing about it.
inline constexpr double fewest_exceedances = 20.0;

/// How long the requests of one replication take, for quick questions.
class Tail {
 public:
  /// `unfinished` is that of all replications together.
  explicit Tail(const sim::Tally::Packed& tally,
                sim::Unfinished unfinished = sim::Unfinished::leave);

  /// The estimated share that takes longer than t seconds, between the steps of the tally.
  [[nodiscard]] double share_above(double t) const;
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  struct Step {
    double time;
    double share;  // above it
  };

  std::vector<Step> steps_;  // ascending
  std::uint64_t count_ = 0;
};

/// The interval of a quantile by log-scale inversion: t is inside unless the replications' mean
/// share above t differs from 1 - p by more than Student's t times its error, both on the scale of
/// logarithms. It needs no density, and holds where the t interval over the replications' own
/// quantiles does not: that one is 10 % off at p99 and a load of 0.9 (docs/statistics.md). `value`
/// is the pooled quantile, in seconds; `students_t` that of the replications. Nothing where no t is
/// too large.
std::optional<Interval> quantile_interval(std::span<const Tail> tails, double p, double value,
                                          double students_t);

/// The mean number of requests a replication that lie beyond the quantile; `pooled` has those of
/// all replications, at least one.
double exceedances(const sim::Tally& pooled, std::size_t replications, double p);

}  // namespace sixslots::scenarios
