#pragma once

#include <string>
#include <vector>

#include "reports/sheet.hpp"
#include "scenarios/results.hpp"

namespace sixslots::reports {

/// What became of one line of [expect] in the variants that it is for.
struct Fared {
  struct One {
    const scenarios::Verdict* verdict;
    std::string label;  ///< of the variant
  };
  std::vector<One> failed;
  std::vector<One> open;  ///< undecided
  std::vector<One> passed;

  /// Of these the one that a verdict belongs to.
  std::vector<One>& those_like(const scenarios::Verdict& verdict);
  /// Of a variant that is in one of them.
  [[nodiscard]] const scenarios::Expectation& expectation() const;
};

/// "got 310 [295, 324] ms; about 60 replications would decide; …": what was measured, and what to
/// do where that is undecided.
std::string found_text(const scenarios::Verdict& verdict);

/// In the order of the file.
std::vector<Fared> by_expectation(const scenarios::Results& results);

/// What was expected, and whether it holds: PASS, FAIL or OPEN, what was measured, where it stands.
void print_expectations(Sheet& sheet, const scenarios::Results& results);

}  // namespace sixslots::reports
