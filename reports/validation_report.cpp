#include "reports/validation_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace sixslots::reports {

namespace {

using scenarios::ComparedRequest;
using scenarios::JudgedCase;
using scenarios::Rule;

constexpr std::size_t worst_cases = 5;
constexpr std::size_t worst_requests = 8;
constexpr std::array shown_rules = {Rule::verdict, Rule::time, Rule::order, Rule::connections};

/// Cases of one group and browser.
struct Group {
  int cases = 0;
  int passed = 0;
  std::array<int, shown_rules.size()> broken{};
};

std::map<std::pair<std::string, std::string>, Group> by_group(std::span<const JudgedCase> cases) {
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const JudgedCase& one : cases) {
    Group& group = groups[{one.group, one.browser}];
    ++group.cases;
    if (one.passed()) ++group.passed;
    for (std::size_t i = 0; i < shown_rules.size(); ++i) {
      if (one.broke(shown_rules[i])) ++group.broken[i];
    }
  }
  return groups;
}

std::string table(std::span<const JudgedCase> cases) {
  std::string text = fmt::format("{:<12} {:<24} {:>9} {:>8} {:>6} {:>6} {:>6}\n", "group",
                                 "browser", "pass", "verdict", "time", "order", "conn");
  for (const auto& [key, group] : by_group(cases)) {
    text += fmt::format("{:<12} {:<24} {:>9}", key.first, key.second,
                        fmt::format("{}/{}", group.passed, group.cases));
    constexpr std::array widths = {8, 6, 6, 6};
    for (std::size_t i = 0; i < shown_rules.size(); ++i) {
      const std::string count = group.broken[i] > 0 ? fmt::format("{}", group.broken[i]) : "-";
      text += fmt::format(" {:>{}}", count, widths[i]);
    }
    text += '\n';
  }
  return text + "verdict, time, order, conn: cases that break the rule\n";
}

double error_of(const ComparedRequest& request) {
  if (request.measured.has_value() != request.simulated.has_value()) return INFINITY;
  return request.measured ? std::abs(*request.measured - *request.simulated) : 0.0;
}

std::string errors(std::span<const JudgedCase> cases, bool firefox) {
  std::vector<double> all;
  for (const JudgedCase& one : cases) {
    if (!one.timing_judged || (one.browser == "firefox") != firefox) continue;
    for (const ComparedRequest& request : one.requests) {
      if (request.measured && request.simulated) all.push_back(error_of(request));
    }
  }
  if (all.empty()) return {};
  std::ranges::sort(all);
  const auto at = [&](double p) {
    return all[static_cast<std::size_t>(p * static_cast<double>(all.size() - 1))];
  };
  return fmt::format("{}: arrivals off by {:.0f} ms (median), {:.0f} ms (p95), of {}\n",
                     firefox ? "Firefox" : "Chromium", at(0.5), at(0.95), all.size());
}

// A wrong verdict is worse than any time; then the time most beyond its tolerance.
double badness(const JudgedCase& one) {
  double worst = 0.0;
  for (const ComparedRequest& request : one.requests) {
    if (request.tolerance > 0.0) worst = std::max(worst, error_of(request) / request.tolerance);
  }
  return worst;
}

std::string milliseconds(const std::optional<double>& time) {
  return time ? fmt::format("{:.1f}", *time) : std::string("never");
}

std::string side_by_side(const JudgedCase& one) {
  std::vector<const ComparedRequest*> requests;
  for (const ComparedRequest& request : one.requests) requests.push_back(&request);
  std::ranges::stable_sort(requests, std::ranges::greater{},
                           [](const ComparedRequest* r) { return error_of(*r) / r->tolerance; });
  requests.resize(std::min(requests.size(), worst_requests));
  std::ranges::stable_sort(requests, {},
                           [](const ComparedRequest* r) { return r->measured.value_or(INFINITY); });
  std::string text = fmt::format("  {:<14} {:>10} {:>10} {:>10} {:>10}\n", "request (ms)", "called",
                                 "measured", "simulated", "tolerance");
  for (const ComparedRequest* request : requests) {
    text += fmt::format("  {:<14.14} {:>10.1f} {:>10} {:>10} {:>10.0f}{}\n", request->name,
                        request->call, milliseconds(request->measured),
                        milliseconds(request->simulated), request->tolerance,
                        error_of(*request) > request->tolerance ? "  <" : "");
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

std::ptrdiff_t count_passed(std::span<const JudgedCase> cases) {
  return std::ranges::count_if(cases, &JudgedCase::passed);
}

}  // namespace

std::string validation_report(std::span<const JudgedCase> cases, const TerminalStyle& style) {
  const auto wrong =
      std::ranges::count_if(cases, [](const JudgedCase& one) { return one.broke(Rule::verdict); });
  return fmt::format("{} of {} measured cases hold; {} have a wrong verdict.\n\n",
                     count_passed(cases), cases.size(), wrong) +
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
