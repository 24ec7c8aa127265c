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
  std::vector<One> passed;
};

/// In the order of the file.
std::vector<Fared> by_expectation(const scenarios::Results& results);

/// What was expected, and whether it holds: PASS or FAIL, what was measured, where it stands.
void print_expectations(Sheet& sheet, const scenarios::Results& results);

}  // namespace sixslots::reports
