#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// The scenario's title, or else its file.
std::string title_of(const scenarios::Results& results);

/// How much of an interrupted run there is, or nothing.
std::string interruption(const scenarios::Results& results);

/// Replications of a variant that were simulated, the fewest and the most: a precision takes more
/// than were asked for, and an interrupted run has fewer.
struct Replications {
  int fewest = 0;
  int most = 0;

  /// "25 replications", "5 to 25 replications"
  [[nodiscard]] std::string text() const;
};
Replications replications_of(const scenarios::Results& results);

/// What it takes to see the same again: "seed 1, 20 replications, ...".
std::string provenance(const scenarios::Results& results);

}  // namespace sixslots::reports
