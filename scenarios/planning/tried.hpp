#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "scenarios/planning/plan.hpp"
#include "scenarios/planning/prober.hpp"

namespace sixslots::scenarios {

/// The replications that are enough to find the way.
inline constexpr int few_replications = 10;

/// Thrown where a number is too dear to simulate.
struct TooDear {
  std::int64_t number;
};

/// And not because there was nothing to measure.
bool fails_as_measured(const PlanPoint& point);

/// The numbers that a search has tried, and how the conditions fared at them. Each is simulated
/// when it is first asked for.
class Tried {
 public:
  Tried(const Prober& prober, int replications) : prober_(prober), replications_(replications) {}

  /// What few replications say.
  bool few_hold(std::int64_t number);
  /// What all replications saw.
  PlanPoint& point(std::int64_t number);
  /// The same for a curve, which looks at numbers between those of a key. It is not remembered.
  PlanPoint on_curve(std::int64_t number);
  /// All replications say so, and not by luck.
  bool surely(std::int64_t number, bool holding);

  /// The verdicts where the conditions failed last.
  [[nodiscard]] const std::vector<Verdict>& failed() const { return failed_; }
  [[nodiscard]] const Prober& prober() const { return prober_; }

  /// The nearest number, on the start's side, to one that was too dear; and forgets that one.
  std::int64_t last_before(std::int64_t too_dear, std::int64_t start);
  /// What was simulated with all replications, by ascending number.
  std::vector<PlanPoint> take_points();

 private:
  PlanPoint probe(std::int64_t number, int count, bool keep_samples);
  PlanPoint simulated(std::int64_t number, int count, bool keep_samples);

  Prober prober_;
  int replications_;
  std::map<std::int64_t, bool> few_;
  std::map<std::int64_t, PlanPoint> points_;
  std::vector<Verdict> failed_;
};

}  // namespace sixslots::scenarios
