#pragma once

#include <optional>
#include <vector>

#include "models/observer.hpp"
#include "scenarios/pooled.hpp"
#include "scenarios/results.hpp"
#include "scenarios/statistics/segments.hpp"
#include "scenarios/variants.hpp"

namespace sixslots::scenarios {

/// A replication that was simulated.
struct Replicated {
  models::Observations seen;
  std::optional<Segments> segments;
  bool cut_short = false;  ///< the run was ended before its time
};

/// Gathers the replications of one variant, in their order.
class Gathering {
 public:
  explicit Gathering(const Variant& variant) : variant_(variant) {}

  void add(const Demand& demand) { pooled_.demand = demand; }
  void add(int index, Replicated&& done);

  [[nodiscard]] int replications() const { return pooled_.replications; }

  /// Everything so far as a result; the sample goes with it.
  VariantResult result();

  /// How the intervals compare with the precision that the scenario wants.
  struct Precision {
    bool reached = true;
    bool more_helps = false;  ///< not where runs are too short or have too few requests
  };
  [[nodiscard]] Precision precision() const;

 private:
  [[nodiscard]] MetricValue measured(const MetricInfo& metric, const Diagnosis& diagnosis) const;
  [[nodiscard]] std::vector<double> by_replication(const MetricInfo& metric) const;
  [[nodiscard]] bool decides(const MetricInfo& metric) const;

  const Variant& variant_;
  Pooled pooled_;
  std::vector<Pooled> each_;
  std::vector<Segments> segments_;
  models::Observations sample_;
};

}  // namespace sixslots::scenarios
