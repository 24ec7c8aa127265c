#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"
#include "scenarios/statistics/interval.hpp"
#include "scenarios/statistics/segments.hpp"

namespace sixslots::scenarios {

/// Two accounts of how many requests are under way: by time, and by arrival rate times latency.
/// They are equal but for what crosses the ends of the observation (Little, 1961).
struct LittleCheck {
  double level = 0.0;
  double rate_times_time = 0.0;

  /// Relative to the level; 0 when there is nothing.
  [[nodiscard]] double difference() const;
};

/// Whether a variant's numbers can be trusted, as far as the replications themselves tell.
struct Diagnosis {
  std::optional<LittleCheck> little;
  double observed_seconds = 0.0;    ///< of each replication, warm-up left out
  double relaxation_seconds = 0.0;  ///< twice the integrated autocorrelation time; steady runs only
  std::string no_intervals;         ///< why no interval at all would hold; empty: they do
  std::string no_means;             ///< why none of a mean of waiting times would
  std::vector<std::string> warnings;
};

/// Replications of a steady-state run must be this many relaxation times long.
inline constexpr double fewest_relaxation_times = 150.0;

/// The integrated autocorrelation time of the requests under way, in seconds: the sum of the
/// autocorrelations up to five times itself (Sokal, Monte Carlo Methods, 1997).
double autocorrelation_time(std::span<const Segments> replications);

/// `segments`: of the replications whose records were kept.
Diagnosis diagnose(const Scenario& scenario, std::span<const Segments> segments);

}  // namespace sixslots::scenarios
