#include "reports/plan_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using scenarios::PlanAnswer;
using scenarios::PlanPoint;
using Kind = scenarios::PlanAnswer::Kind;

std::vector<std::string> conditions_of(const PlanAnswer& answer) {
  std::vector<std::string> conditions;
  for (const scenarios::Verdict& verdict : answer.points.front().result.verdicts) {
    conditions.push_back(
        fmt::format("{} {}", verdict.expectation.metric, clean(verdict.expectation.text)));
  }
  return conditions;
}

}  // namespace

std::string question_text(const scenarios::Plan& plan) {
  const std::vector<std::string> conditions = conditions_of(plan.answers.front());
  const bool same = std::ranges::all_of(
      plan.answers, [&](const PlanAnswer& answer) { return conditions_of(answer) == conditions; });
  return fmt::format("The {} {} that keeps {}", plan.question.largest ? "largest" : "smallest",
                     plan.question.key,
                     same ? joined(conditions) : std::string("what [expect] says of each variant"));
}

std::string answer_text(const scenarios::Plan& plan, const PlanAnswer& answer) {
  if (answer.kind == Kind::found) return answer.value;
  if (answer.kind == Kind::nowhere) return "none";
  return fmt::format("{} {}", plan.question.largest ? "≥" : "≤", answer.value);
}

std::string doubt_text(const PlanAnswer& answer) {
  if (answer.kind != Kind::found || answer.low == answer.high) return {};
  return fmt::format("{} to {}", answer.low_value, answer.high_value);
}

std::vector<const PlanPoint*> points_about(const PlanAnswer& answer) {
  constexpr std::ptrdiff_t most_on_a_side = 3;
  const auto& all = answer.points;
  const auto at = std::ranges::lower_bound(all, answer.number, {}, &PlanPoint::number);
  const bool is_there = at != all.end() && at->number == answer.number;
  const auto first = at - std::min(at - all.begin(), most_on_a_side);
  const auto last = at + std::min(all.end() - at, most_on_a_side + (is_there ? 1 : 0));
  std::vector<const PlanPoint*> shown;
  for (const PlanPoint& point : all) {
    const bool is_near = &point >= &*first && &point < &*first + (last - first);
    if (is_near || &point == answer.failing()) shown.push_back(&point);
  }
  return shown;
}

std::string left_out_text(const PlanAnswer& answer) {
  const std::size_t left_out = answer.points.size() - points_about(answer).size();
  if (left_out == 0) return {};
  return fmt::format("… {} farther away; the JSON report has all of them",
                     counted(left_out, "number"));
}

std::string failure_text(const PlanAnswer& answer) {
  const PlanPoint* failing = answer.failing();
  if (failing == nullptr) return {};
  const scenarios::Verdict& failure = first_failure(*failing);
  return fmt::format("{}: {} is {}", failing->value, failure.expectation.metric,
                     short_value(failure.measured));
}

const scenarios::Verdict& first_failure(const PlanPoint& point) {
  return *std::ranges::find(point.result.verdicts, false, &scenarios::Verdict::holds);
}

}  // namespace sixslots::reports
