#pragma once

#include <string>
#include <vector>

#include "reports/remedies.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// Something to know about a page, with what shows it, why it is so and what changes it.
struct Finding {
  std::string name;               ///< "slots-held", the same in every format
  double weight = 0.0;            ///< 0 to 100: what it costs the user
  std::size_t variant = 0;        ///< the one it is told of
  std::vector<std::size_t> also;  ///< others that it holds for
  std::string what;
  std::string evidence;  ///< where the user would see it
  std::string why;
  std::string cause;  ///< what it has in common with `also`; a finding for each; may be empty
  Remedy remedy;  ///< what would change it, while the study is there; none: nothing is to change
  std::string change;  ///< with its effect, from a variant that was simulated
};

/// The heaviest first; each is told of the variant where it weighs most.
std::vector<Finding> findings(const Study& study);

}  // namespace sixslots::reports
