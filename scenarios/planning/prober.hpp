#pragma once

#include <cstdint>
#include <optional>

#include "scenarios/experiment.hpp"
#include "scenarios/planning/plan.hpp"

namespace sixslots::scenarios {

/// The condition is a limit, and what is measured a mean or a percentile: it has a distance to it.
bool is_smooth(const Verdict& verdict);

/// Simulates a variant at numbers of a key, each with random numbers of its own.
class Prober {
 public:
  Prober(const Variant& variant, const PlanQuestion& question, const Progress& progress,
         const Effort& effort)
      : variant_(variant), question_(question), progress_(progress), effort_(effort) {}

  int probes = 0;
  int replications = 0;

  /// From now on a number is too dear of which a replication has far more events than one of the
  /// first number had.
  void bound_costs() { bounded_ = true; }

  /// At one number: so many replications, that no other number has seen. Nothing where they are too
  /// dear.
  std::optional<PlanPoint> at(std::int64_t number, int count, bool keep_samples);

 private:
  const Variant& variant_;
  const PlanQuestion& question_;
  const Progress& progress_;
  const Effort& effort_;
  bool bounded_ = false;
  std::int64_t first_ = 0;          ///< number
  std::uint64_t first_events_ = 0;  ///< of a replication there
};

}  // namespace sixslots::scenarios
