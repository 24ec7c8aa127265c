#pragma once

#include <array>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/validation.hpp"

namespace sixslots::reports {

/// The rules that tables have a column for; the others concern few cases.
inline constexpr std::array tabled_rules = {scenarios::Rule::verdict, scenarios::Rule::time,
                                            scenarios::Rule::order, scenarios::Rule::connections};

/// Cases of one group and browser, and how many of them break each of the tabled rules.
struct CaseGroup {
  int cases = 0;
  int passed = 0;
  std::array<int, tabled_rules.size()> broken{};
};

/// By group and browser.
std::map<std::pair<std::string, std::string>, CaseGroup> by_group(
    std::span<const scenarios::JudgedCase> cases);

/// Simulated less measured arrival in milliseconds; infinite when only one of them came.
double error_of(const scenarios::ComparedRequest& request);

/// The absolute errors, sorted, of the requests that a predicate picks, in cases whose times are
/// judged and of either Firefox or Chromium.
std::vector<double> absolute_errors(
    std::span<const scenarios::JudgedCase> cases, bool firefox,
    const std::function<bool(const scenarios::ComparedRequest&)>& picks);

/// Element of a sorted list at a share of its length; the list must not be empty.
double quantile(std::span<const double> sorted, double share);

std::ptrdiff_t count_passed(std::span<const scenarios::JudgedCase> cases);
std::ptrdiff_t count_wrong_verdicts(std::span<const scenarios::JudgedCase> cases);

}  // namespace sixslots::reports
