#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/baseline.hpp"
#include "scenarios/statistics/interval.hpp"

namespace sixslots::scenarios {

/// The intervals of a drift hold 0 in 999 of 1000 comparisons with another run of the same.
inline constexpr double drift_confidence = 0.999;

/// A measure that is not what it was, replication by replication on the same random numbers.
struct Moved {
  std::string variant;  ///< its label
  MetricInfo metric;
  double before = 0.0;  ///< averages over the replications that both have; may be not a number
  double after = 0.0;
  std::optional<Interval> interval;  ///< of the difference; nothing with fewer than five pairs
  Position position;                 ///< in the baseline's file

  [[nodiscard]] double change() const { return after - before; }
  /// Relative to what it was; infinite where that was 0.
  [[nodiscard]] double relative_change() const;
};

/// What became of a scenario since its baseline.
struct Drift {
  bool identical = false;    ///< every metric of every replication, to the last bit
  std::size_t compared = 0;  ///< replications of a variant, at most
  bool scenario_changed = false;
  int model_before = 0;
  int model_after = 0;
  std::string version_before;
  bool seed_changed = false;                  ///< other users: nothing can be paired
  std::vector<Moved> moved;                   ///< by more than chance and tolerance
  std::vector<Moved> tolerated;               ///< by more than chance
  std::vector<std::string> gone;              ///< what the baseline has and the results have not
  std::vector<std::string> without_baseline;  ///< variants that the baseline does not have

  [[nodiscard]] bool model_changed() const { return model_before != model_after; }
  [[nodiscard]] bool passes() const {
    return !seed_changed && moved.empty() && gone.empty() && without_baseline.empty();
  }
};

/// Compares results with a baseline. `tolerance`: so much of its former value a measure may move.
/// The replications of a quick look are compared with the baseline's first ones.
Drift drift_from(const Baseline& before, const Results& results, double tolerance = 0.0);

}  // namespace sixslots::scenarios
