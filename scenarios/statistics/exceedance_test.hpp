#pragma once

#include <cstdint>

#include "scenarios/statistics/interval.hpp"

namespace sixslots::scenarios {

/// How many independent things there are, and how many of them exceed a limit.
struct Exceeding {
  double count = 0.0;
  double exceed = 0.0;
};

/// On which side of a limit a quantile lies.
enum class Side : std::uint8_t { below, above, unknown };

/// The quantile is below the limit when fewer than the share 1 - p exceed it. Told by the binomial
/// law, exactly (Conover, Practical Nonparametric Statistics, 3.2): for the few things that no
/// interval can be made of.
Side side_of_quantile(const Exceeding& seen, double p, double confidence = usual_confidence);

}  // namespace sixslots::scenarios
