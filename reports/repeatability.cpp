#include "reports/repeatability.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sixslots::reports {

namespace {

using scenarios::ComparedRequest;
using scenarios::JudgedCase;
using scenarios::Rule;

std::string_view page_of(const JudgedCase& one) {
  const std::string_view key = one.key;
  return key.substr(key.find('/') + 1);
}

const JudgedCase* twin_of(const JudgedCase& one, std::span<const JudgedCase> cases) {
  const auto is_chromium = [](const JudgedCase& c) { return c.browser.starts_with("chromium"); };
  if (!is_chromium(one)) return nullptr;
  const auto twin = std::ranges::find_if(cases, [&](const JudgedCase& other) {
    return is_chromium(other) && other.browser != one.browser && page_of(other) == page_of(one);
  });
  return twin == cases.end() ? nullptr : &*twin;
}

// Nothing where the two builds made different requests.
std::optional<bool> predicts(const JudgedCase& twin, const JudgedCase& one) {
  std::map<std::string_view, std::optional<double>> predicted;
  for (const ComparedRequest& request : twin.requests) predicted[request.name] = request.measured;
  bool holds = true;
  for (const ComparedRequest& request : one.requests) {
    const auto found = predicted.find(request.name);
    if (found == predicted.end()) return std::nullopt;
    holds = holds && !request.breach(found->second);
  }
  return holds;
}

}  // namespace

Repeatability repeatability(std::span<const JudgedCase> cases) {
  Repeatability result;
  for (const JudgedCase& one : cases) {
    const JudgedCase* twin = twin_of(one, cases);
    const std::optional<bool> holds = twin == nullptr ? std::nullopt : predicts(*twin, one);
    if (!holds) continue;
    ++result.cases;
    if (*holds) ++result.twin_holds;
    if (!one.broke(Rule::verdict) && !one.broke(Rule::time)) ++result.simulation_holds;
  }
  return result;
}

}  // namespace sixslots::reports
