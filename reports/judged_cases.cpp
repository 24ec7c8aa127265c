#include "reports/judged_cases.hpp"

#include <algorithm>
#include <cmath>

namespace sixslots::reports {

using scenarios::ComparedRequest;
using scenarios::JudgedCase;

std::map<std::pair<std::string, std::string>, CaseGroup> by_group(
    std::span<const JudgedCase> cases) {
  std::map<std::pair<std::string, std::string>, CaseGroup> groups;
  for (const JudgedCase& one : cases) {
    CaseGroup& group = groups[{one.group, one.browser}];
    ++group.cases;
    if (one.passed()) ++group.passed;
    for (std::size_t i = 0; i < tabled_rules.size(); ++i) {
      if (one.broke(tabled_rules[i])) ++group.broken[i];
    }
  }
  return groups;
}

double error_of(const ComparedRequest& request) {
  if (request.measured.has_value() != request.simulated.has_value()) return INFINITY;
  return request.measured ? *request.simulated - *request.measured : 0.0;
}

std::vector<double> absolute_errors(std::span<const JudgedCase> cases, bool firefox,
                                    const std::function<bool(const ComparedRequest&)>& picks) {
  std::vector<double> all;
  for (const JudgedCase& one : cases) {
    if ((one.browser == "firefox") != firefox) continue;
    for (const ComparedRequest& request : one.requests) {
      const bool both_came = request.measured && request.simulated;
      if (request.timing_judged && both_came && picks(request))
        all.push_back(std::abs(error_of(request)));
    }
  }
  std::ranges::sort(all);
  return all;
}

double quantile(std::span<const double> sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

std::ptrdiff_t count_passed(std::span<const JudgedCase> cases) {
  return std::ranges::count_if(cases, &JudgedCase::passed);
}

std::ptrdiff_t count_wrong_verdicts(std::span<const JudgedCase> cases) {
  return std::ranges::count_if(
      cases, [](const JudgedCase& one) { return one.broke(scenarios::Rule::verdict); });
}

}  // namespace sixslots::reports
