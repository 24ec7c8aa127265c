#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/statistics/interval.hpp"

namespace sixslots::scenarios {

struct Replications;

/// What the replications say about a metric and a limit: for a mean their values, and the limit;
/// for a quantile the shares of their requests that take longer, and the share that may.
struct Evidence {
  std::vector<Weighted> replications;
  double limit = 0.0;

  /// By how many of its errors the mean is above the limit, on the scale of logarithms; infinite
  /// where all replications say the same.
  [[nodiscard]] double excess() const;
};

/// Nothing for a metric that is not measured or is an extreme or a count, and where the limit is 0.
std::optional<Evidence> evidence(std::string_view metric, double limit, const Replications& all);

}  // namespace sixslots::scenarios
