#pragma once

#include <string>
#include <vector>

#include "reports/terminal.hpp"

namespace sixslots::reports {

/// What variants are compared by.
struct ComparisonWish {
  std::size_t baseline = 0;          ///< variant
  std::vector<std::string> metrics;  ///< none: the mean latency that is felt, and connections
};

/// Each variant against the baseline: paired differences with their intervals, the variance ratio,
/// and a ranking that says what cannot be told apart.
std::string comparison_report(const scenarios::Results& results, const ComparisonWish& wish,
                              const TerminalStyle& style);

/// The same for a program: schema sixslots-compare/1.
std::string comparison_json(const scenarios::Results& results, const ComparisonWish& wish);

/// The same as a page, with the differences and their intervals drawn.
std::string comparison_html(const scenarios::Results& results, const ComparisonWish& wish);

}  // namespace sixslots::reports
