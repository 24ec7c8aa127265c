#pragma once

#include <vector>

#include "sim/tally.hpp"

namespace sixslots::sim::testing {

inline Tally tally_of(const std::vector<Duration>& finished, const std::vector<Duration>& ages) {
  Tally tally;
  for (const Duration value : finished) tally.add(value);
  for (const Duration age : ages) tally.add_censored(age);
  return tally;
}

}  // namespace sixslots::sim::testing
