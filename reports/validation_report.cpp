#include "reports/validation_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "reports/judged_cases.hpp"

namespace sixslots::reports {

namespace {

using scenarios::ComparedRequest;
using scenarios::JudgedCase;

constexpr std::size_t worst_cases = 5;
constexpr std::size_t worst_requests = 8;
std::string table(std::span<const JudgedCase> cases) {
  std::string text = fmt::format("{:<12} {:<24} {:>9} {:>8} {:>6} {:>6} {:>6}\n", "group",
                                 "browser", "pass", "verdict", "time", "order", "conn");
  for (const auto& [key, group] : by_group(cases)) {
    text += fmt::format("{:<12} {:<24} {:>9}", key.first, key.second,
                        fmt::format("{}/{}", group.passed, group.cases));
    constexpr std::array widths = {8, 6, 6, 6};
    for (std::size_t i = 0; i < tabled_rules.size(); ++i) {
      const std::string count = group.broken[i] > 0 ? fmt::format("{}", group.broken[i]) : "-";
      text += fmt::format(" {:>{}}", count, widths[i]);
    }
    text += '\n';
  }
  return text + "verdict, time, order, conn: cases that break the rule\n";
}

std::string errors(std::span<const JudgedCase> cases, bool firefox) {
  const std::vector<double> all =
      absolute_errors(cases, firefox, [](const ComparedRequest&) { return true; });
  if (all.empty()) return {};
  return fmt::format("{}: arrivals off by {:.0f} ms (median), {:.0f} ms (p95), of {}\n",
                     firefox ? "Firefox" : "Chromium", quantile(all, 0.5), quantile(all, 0.95),
                     all.size());
}

// A wrong verdict is worse than any time; then the time most beyond its tolerance.
double badness(const JudgedCase& one) {
  double worst = 0.0;
  for (const ComparedRequest& request : one.requests) {
    if (request.tolerance > 0.0)
      worst = std::max(worst, std::abs(error_of(request)) / request.tolerance);
  }
  return worst;
}

std::string milliseconds(const std::optional<double>& time) {
  return time ? fmt::format("{:.1f}", *time) : std::string("never");
}

std::string side_by_side(const JudgedCase& one) {
  std::vector<const ComparedRequest*> requests;
  for (const ComparedRequest& request : one.requests) requests.push_back(&request);
  std::ranges::stable_sort(requests, std::ranges::greater{}, [](const ComparedRequest* r) {
    return std::abs(error_of(*r)) / r->tolerance;
  });
  requests.resize(std::min(requests.size(), worst_requests));
  std::ranges::stable_sort(requests, {},
                           [](const ComparedRequest* r) { return r->measured.value_or(INFINITY); });
  std::string text = fmt::format("  {:<14} {:>10} {:>10} {:>10} {:>10}\n", "request (ms)", "called",
                                 "measured", "simulated", "tolerance");
  for (const ComparedRequest* request : requests) {
    text += fmt::format("  {:<14.14} {:>10.1f} {:>10} {:>10} {:>10.0f}{}\n", request->name,
                        request->call, milliseconds(request->measured),
                        milliseconds(request->simulated), request->tolerance,
                        std::abs(error_of(*request)) > request->tolerance ? "  <" : "");
  }
  return text;
}

std::string worst(std::span<const JudgedCase> cases, std::size_t width) {
  std::vector<const JudgedCase*> failed;
  for (const JudgedCase& one : cases) {
    if (!one.passed()) failed.push_back(&one);
  }
  std::ranges::stable_sort(failed, std::ranges::greater{},
                           [](const JudgedCase* one) { return badness(*one); });
  std::string text;
  for (std::size_t i = 0; i < std::min(failed.size(), worst_cases); ++i) {
    text += fmt::format("\n{}\n", failed[i]->key);
    for (std::size_t f = 0; f < std::min<std::size_t>(failed[i]->faults.size(), 3); ++f) {
      const scenarios::Fault& fault = failed[i]->faults[f];
      const std::string line = fmt::format(
          "  {}: {}", scenarios::rule_names[static_cast<std::size_t>(fault.rule)], fault.text);
      text += line.substr(0, width) + "\n";
    }
    text += side_by_side(*failed[i]);
  }
  return text;
}

nlohmann::ordered_json number(const std::optional<double>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json case_json(const JudgedCase& one) {
  nlohmann::ordered_json faults = nlohmann::ordered_json::array();
  for (const scenarios::Fault& fault : one.faults) {
    faults.push_back({{"rule", scenarios::rule_names[static_cast<std::size_t>(fault.rule)]},
                      {"text", fault.text}});
  }
  nlohmann::ordered_json requests = nlohmann::ordered_json::array();
  for (const ComparedRequest& request : one.requests) {
    requests.push_back({{"id", request.name},
                        {"measured_ms", number(request.measured)},
                        {"simulated_ms", number(request.simulated)},
                        {"tolerance_ms", request.tolerance}});
  }
  return {{"key", one.key},
          {"group", one.group},
          {"browser", one.browser},
          {"passed", one.passed()},
          {"connections", one.connections},
          {"faults", faults},
          {"requests", requests}};
}

}  // namespace

std::string validation_report(std::span<const JudgedCase> cases, const TerminalStyle& style) {
  return fmt::format("{} of {} measured cases hold; {} have a wrong verdict.\n\n",
                     count_passed(cases), cases.size(), count_wrong_verdicts(cases)) +
         table(cases) + "\n" + errors(cases, false) + errors(cases, true) +
         worst(cases, static_cast<std::size_t>(style.width));
}

std::string validation_json(std::span<const JudgedCase> cases) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const JudgedCase& one : cases) all.push_back(case_json(one));
  const nlohmann::ordered_json document = {{"schema", "sixslots-validation/1"},
                                           {"version", SIXSLOTS_VERSION},
                                           {"passed", count_passed(cases)},
                                           {"of", cases.size()},
                                           {"cases", all}};
  return document.dump(2) + "\n";
}

}  // namespace sixslots::reports
