#include "scenarios/statistics/exceedance_test.hpp"

#include <algorithm>
#include <cmath>

#include "sim/math.hpp"

namespace sixslots::scenarios {
namespace {

/// P(X <= most) of a binomial X: the terms' ratios, in logarithms, for the first ones are small.
double at_most(double most, double count, double share) {
  const double odds = sim::log(share) - sim::log1p(-share);
  double term = count * sim::log1p(-share);
  double sum = 0.0;
  for (double k = 0.0; k <= std::min(most, count); ++k) {
    sum += sim::exp(term);
    term += odds + sim::log((count - k) / (k + 1.0));
  }
  return sum;
}

}  // namespace

Side side_of_quantile(const Exceeding& seen, double p, double confidence) {
  const double one_side = (1.0 - confidence) / 2.0;
  const double count = std::floor(seen.count);
  const double share = 1.0 - p;
  if (at_most(std::ceil(seen.exceed), count, share) <= one_side) return Side::below;
  const double fewer = std::floor(seen.exceed) - 1.0;
  if (fewer >= 0.0 && 1.0 - at_most(fewer, count, share) <= one_side) return Side::above;
  return Side::unknown;
}

}  // namespace sixslots::scenarios
