#include "reports/accuracy_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/judged_cases.hpp"
#include "reports/repeatability.hpp"

namespace sixslots::reports {

namespace {

using scenarios::ComparedRequest;
using scenarios::JudgedCase;
using scenarios::KnownDifference;
using scenarios::MachineSpeeds;
using scenarios::Rule;

std::string head(std::span<const JudgedCase> cases, std::string_view command) {
  return fmt::format(
      "# Accuracy: measured against simulated\n\n"
      "Written by `{0}`.\n\n"
      "{1} of {2} measured cases hold, and in all but {3} every request arrives, or never does, as "
      "in the browser. A case is a page with timed actions that real browsers played, mostly five "
      "times; it holds when all of this does:\n\n"
      "- verdict: every request arrives or never arrives, as in most repetitions\n"
      "- time: arrivals are off by at most 40 ms, a tenth of the measured wait or half the "
      "measured range, whichever is largest (Firefox, which was measured under load: 150 ms, a "
      "fifth, half)\n"
      "- order: arrivals that lie more than 25 ms (Firefox: 100 ms) apart in all repetitions come "
      "in that order\n"
      "- connections: as many as were measured; the same for reconnections, navigations and late "
      "tabs\n\n"
      "The browsers shared two processors with their servers. What their own work cost there is "
      "one set of constants for each browser, the same for all cases "
      "(`scenarios/measured_host.cpp`); no rule knows a case.\n",
      command, count_passed(cases), cases.size(), count_wrong_verdicts(cases));
}

std::string groups(std::span<const JudgedCase> cases) {
  std::string text =
      "\n## By group and browser\n\n"
      "The last four columns count the cases that break a rule.\n\n"
      "| group | browser | hold | verdict | time | order | connections |\n"
      "|---|---|--:|--:|--:|--:|--:|\n";
  for (const auto& [key, group] : by_group(cases)) {
    text += fmt::format("| {} | {} | {} of {} |", key.first, key.second, group.passed, group.cases);
    for (const int count : group.broken) text += count > 0 ? fmt::format(" {} |", count) : " |";
    text += '\n';
  }
  return text;
}

std::string error_row(std::string_view what, std::span<const double> errors) {
  if (errors.empty()) return {};
  std::string row = fmt::format("| {} | {} |", what, errors.size());
  for (const double share : {0.1, 0.5, 0.9, 0.95, 1.0}) {
    row += fmt::format(" {:.1f} |", quantile(errors, share));
  }
  return row + '\n';
}

bool is_click(const ComparedRequest& request) { return request.name.substr(0, 5) == "click"; }
bool is_any(const ComparedRequest&) { return true; }

// The median of the medians of all cases: one case with 300 requests counts as much as one with 1.
std::vector<double> medians(std::span<const JudgedCase> cases, bool firefox) {
  std::vector<double> all;
  for (const JudgedCase& one : cases) {
    const std::vector<double> errors = absolute_errors({&one, 1}, firefox, is_any);
    if (!errors.empty()) all.push_back(quantile(errors, 0.5));
  }
  std::ranges::sort(all);
  return all;
}

std::string errors(std::span<const JudgedCase> cases) {
  std::string text =
      "\n## How far arrivals are off\n\n"
      "Absolute differences in milliseconds, of requests that arrive in both, in cases whose times "
      "are judged. The call is the same, so the error of the arrival is that of the stall.\n\n"
      "| what | number | p10 | median | p90 | p95 | most |\n|---|--:|--:|--:|--:|--:|--:|\n";
  for (const bool firefox : {false, true}) {
    const std::string browser = firefox ? "Firefox" : "Chromium";
    text += error_row(browser + ", clicks", absolute_errors(cases, firefox, is_click));
    text += error_row(browser + ", a case's median", medians(cases, firefox));
    text += error_row(browser + ", all requests", absolute_errors(cases, firefox, is_any));
  }
  return text;
}

std::string ceiling(std::span<const JudgedCase> cases) {
  const Repeatability twins = repeatability(cases);
  if (twins.cases == 0) return {};
  return fmt::format(
      "\n## How well one measurement predicts another\n\n"
      "Some pages were measured in two builds of the same Chromium, the full browser and the "
      "headless shell, on the same machine with the same servers. Take one build's median arrivals "
      "as the prediction of the other's and judge it by the rules of verdict and time: it holds in "
      "{} of {} cases. The simulation holds in {} of these. What remains is for the most part what "
      "that machine happened to do during a case, and no rule of browsers.\n",
      twins.twin_holds, twins.cases, twins.simulation_holds);
}

std::string machine_speed(std::span<const JudgedCase> cases, const MachineSpeeds& speeds) {
  const auto passed = count_passed(cases);
  const auto failing = std::ssize(cases) - passed;
  if (failing == 0) return {};
  return fmt::format(
      "\n## How much of it is the machine's speed\n\n"
      "Multiply all that a browser's own work costs by one number for each case, how slow the "
      "machine was in those minutes: from {} to {} times there is a speed at which {} of the {} "
      "cases that do not hold would, and so {} of {} in all. This is no prediction, and counts "
      "nowhere else: it tells what the machine did from what a mechanism does. The column \"holds "
      "at\" below has these speeds.\n",
      scenarios::slowness_tried.least, scenarios::slowness_tried.most, speeds.size(), failing,
      passed + std::ssize(speeds), cases.size());
}

std::string holds_at(const JudgedCase& one, const MachineSpeeds& speeds) {
  const auto found = speeds.find(one.key);
  if (found == speeds.end()) return {};
  const auto& [least, most] = found->second;
  return least == most ? fmt::format("{:.2g} times", least)
                       : fmt::format("{:.2g} to {:.2g} times", least, most);
}

std::string rules_broken(const JudgedCase& one) {
  std::string text;
  for (std::size_t rule = 0; rule < scenarios::rule_names.size(); ++rule) {
    if (!one.broke(static_cast<Rule>(rule))) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", scenarios::rule_names[rule]);
  }
  return text;
}

// By how much the worst arrival lies beyond its tolerance.
std::string beyond(const JudgedCase& one) {
  double worst = 0.0;
  for (const ComparedRequest& request : one.requests) {
    const double error = std::abs(error_of(request));
    if (std::isfinite(error)) worst = std::max(worst, error - request.tolerance);
  }
  return worst > 0.0 && one.broke(Rule::time) ? fmt::format("{:.0f} ms", worst) : std::string();
}

std::string failures(std::span<const JudgedCase> cases, const std::vector<std::string>* keys,
                     const MachineSpeeds& speeds) {
  std::string text;
  for (const JudgedCase& one : cases) {
    const bool asked = keys == nullptr || std::ranges::find(*keys, one.key) != keys->end();
    if (one.passed() || !asked) continue;
    text += fmt::format("| {} | {} | {} | {} | {} |\n", one.key, rules_broken(one), beyond(one),
                        one.requests.size(), holds_at(one, speeds));
  }
  if (text.empty()) return {};
  return "\n| case | rule | beyond the tolerance by up to | requests | holds at |\n"
         "|---|---|--:|--:|---|\n" +
         text;
}

std::string differences(std::span<const JudgedCase> cases, std::span<const KnownDifference> known,
                        const MachineSpeeds& speeds) {
  if (count_passed(cases) == std::ssize(cases)) return {};
  std::string text = "\n## What does not match, and why\n";
  if (known.empty()) return text + failures(cases, nullptr, speeds);
  for (const KnownDifference& difference : known) {
    text += fmt::format("\n{}\n", difference.why) + failures(cases, &difference.cases, speeds);
  }
  return text;
}

}  // namespace

std::string accuracy_page(std::span<const JudgedCase> cases, std::span<const KnownDifference> known,
                          const MachineSpeeds& speeds, std::string_view command) {
  return head(cases, command) + groups(cases) + errors(cases) + ceiling(cases) +
         machine_speed(cases, speeds) + differences(cases, known, speeds);
}

}  // namespace sixslots::reports
