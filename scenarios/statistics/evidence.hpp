#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scenarios/statistics/interval.hpp"

namespace sixslots::scenarios {

struct MetricInfo;
struct Pooled;
struct Scenario;

/// What the replications say about a metric and a limit: for a mean their values, and the limit;
/// for a quantile the shares of their requests that take longer, and the share that may.
struct Evidence {
  std::vector<Weighted> replications;
  double limit = 0.0;

  /// By how many of its errors the mean is above the limit, on the scale of logarithms; infinite
  /// where all replications say the same.
  [[nodiscard]] double excess() const;
};

/// Nothing for a metric that is an extreme or a count, and where the limit is 0. `each` are the
/// replications that were pooled, each by itself.
std::optional<Evidence> evidence(const MetricInfo& metric, double limit, const Scenario& scenario,
                                 const Pooled& pooled, std::span<const Pooled> each);

}  // namespace sixslots::scenarios
