#include "scenarios/planning/rare_counts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "scenarios/statistics/fisher_test.hpp"

namespace sixslots::scenarios {
namespace {

/// A larger share of a flow's requests is no matter of luck: what hangs one hangs all.
constexpr double rare = 0.1;

constexpr std::array counted = {".starved", ".failed", ".given_up", ".censored", ".storm_failed"};

/// The requests that a metric counts, of all that its flow has made; nothing of another metric.
std::optional<Part> part(const VariantResult& result, std::string_view metric) {
  const std::size_t dot = std::min(metric.find('.'), metric.size());
  if (std::ranges::find(counted, metric.substr(dot)) == counted.end()) return std::nullopt;
  const double all = result.metric(std::string(metric.substr(0, dot)) + ".count").value;
  return Part{static_cast<std::uint64_t>(result.metric(metric).value),
              static_cast<std::uint64_t>(all)};
}

bool is_rare(const Part& part) {
  return static_cast<double>(part.some) < rare * static_cast<double>(part.all);
}

bool may_be_equal(const PlanPoint& one, const PlanPoint& other, std::string_view metric) {
  const std::optional<Part> here = part(one.result, metric);
  const std::optional<Part> there = part(other.result, metric);
  return here && there && is_rare(*here) && is_rare(*there) &&
         fisher_test(*here, *there) > 1.0 - plan_confidence;
}

}  // namespace

bool may_be_equal(const PlanPoint& one, const PlanPoint& other) {
  if (one.holds == other.holds) return false;
  const PlanPoint& failing = one.holds ? other : one;
  return std::ranges::all_of(failing.result.verdicts, [&](const Verdict& verdict) {
    return verdict.holds || may_be_equal(one, other, verdict.expectation.metric);
  });
}

}  // namespace sixslots::scenarios
