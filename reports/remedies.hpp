#pragma once

#include <functional>
#include <string>

#include "reports/wording.hpp"

namespace sixslots::reports {

struct Finding;

/// What would change something for the better, and what is told of the variants that do.
struct Remedy {
  Predicate is_good;
  std::string what;                                ///< "an update is on display after"
  std::function<std::string(const Group&)> value;  ///< "14 ms"
  std::string key = {};  ///< of what runs out: "hop.1.workers"; empty: more of nothing helps
};

/// Told by what the felt flow takes at the median; where that stays as it is, at the 95th
/// percentile.
Remedy by_median(const Study& study, std::size_t variant, Predicate is_good,
                 std::string_view key = {});

/// The same of any flow.
Remedy by_median_of(const Study& study, std::size_t variant, std::size_t flow, Predicate is_good,
                    std::string_view key = {});

/// The changes that were simulated, with their effect: those that free of the finding, else those
/// that make it less; else that there is none.
std::string change_of(const Study& study, const Finding& finding);

}  // namespace sixslots::reports
