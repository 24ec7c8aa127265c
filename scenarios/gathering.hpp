#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/world.hpp"
#include "scenarios/kept.hpp"
#include "scenarios/pooled.hpp"
#include "scenarios/results.hpp"
#include "scenarios/statistics/segments.hpp"
#include "scenarios/variants.hpp"

namespace sixslots::scenarios {

/// A replication that was simulated and measured.
struct Replicated {
  Totals totals;
  Kept kept;
  bool cut_short = false;            ///< the run was ended before its time
  std::optional<Segments> segments;  ///< of a run that kept its records
  /// Of the first replication what is left; with its records, where they are to be shown.
  std::unique_ptr<models::Observations> sample;
};

/// Measures what was seen in a run, and takes its times and hops. All that needs no other
/// replication is done here, on the thread that simulated it, and little is handed over.
/// `measures` are those of the scenario; `done` may have been of another replication.
void measure(std::span<const MetricMeasure> measures, const models::RunSpec& run,
             models::Observations& seen, Replicated& done);

/// Gathers the replications of one variant, in their order.
class Gathering {
 public:
  /// `measures` are those of the scenario. Both must outlive this.
  Gathering(const Variant& variant, std::span<const MetricMeasure> measures)
      : variant_(variant), measures_(measures) {}

  void add(const Demand& demand) { pooled_.demand = demand; }
  /// Takes its sample; the rest may be measured over.
  void add(int index, Replicated& done);

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
  [[nodiscard]] Replications replications_so_far() const;
  [[nodiscard]] std::vector<double> values_of(std::size_t metric) const;
  [[nodiscard]] bool decides(const MetricMeasure& measure) const;

  const Variant& variant_;
  std::span<const MetricMeasure> measures_;
  Pooled pooled_;
  std::vector<Kept> each_;
  std::vector<Segments> segments_;
  models::Observations sample_;
};

}  // namespace sixslots::scenarios
