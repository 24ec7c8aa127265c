#include "reports/plan_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/precision.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"
#include "scenarios/key_paths.hpp"

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

const models::RequestFlow& request_of(const PlanPoint& point, std::size_t flow) {
  return point.result.variant.scenario.world.requests[flow];
}

/// Of a flow, or of the users whom it fails.
bool speaks_of_failures(const PlanPoint& point, std::size_t flow) {
  const std::string prefix = request_of(point, flow).name + ".";
  return std::ranges::any_of(point.result.verdicts, [&](const scenarios::Verdict& verdict) {
    const std::string& metric = verdict.expectation.metric;
    return metric == prefix + "failed" || metric == prefix + "users_hit";
  });
}

/// Why the search ended: the numbers that were not looked at, with their verb.
std::string no_further_text(const scenarios::Plan& plan, std::string_view dear) {
  return fmt::format(
      "It looked no further: {} far longer to simulate than the numbers before. A range, as in "
      "--{} {}=LOW:HIGH, is looked at all the same.",
      dear, plan.question.largest ? "max" : "min", key_text(plan));
}

/// Empty where the easier end of what the answer may be holds, and not by luck.
std::string unsafe_text(const PlanAnswer& answer) {
  if (answer.kind != Kind::found || answer.safe) return {};
  return fmt::format("no number that was looked at is safe: that {} holds may be luck",
                     answer.easier_end());
}

}  // namespace

std::string key_text(const scenarios::Plan& plan) {
  return clean(scenarios::by_name(plan.question.key, plan.scenario));
}

std::string question_text(const scenarios::Plan& plan) {
  const std::vector<std::string> conditions = conditions_of(plan.answers.front());
  const bool same = std::ranges::all_of(
      plan.answers, [&](const PlanAnswer& answer) { return conditions_of(answer) == conditions; });
  return fmt::format("The {} {} that keeps {}", plan.question.largest ? "largest" : "smallest",
                     key_text(plan),
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

std::string measured_text(const scenarios::Verdict& verdict) {
  const bool none = verdict.measured.kind == scenarios::MetricValue::Kind::none;
  return none ? "not measured" : with_interval(verdict.measured);
}

std::vector<std::size_t> failing_besides(const PlanAnswer& answer) {
  std::vector<std::size_t> flows;
  for (const PlanPoint* point : points_about(answer)) {
    for (std::size_t i = 0; i < point->result.flows.size(); ++i) {
      const bool known = std::ranges::find(flows, i) != flows.end();
      if (known || point->result.flows[i].failed == 0 || speaks_of_failures(*point, i)) continue;
      flows.push_back(i);
    }
  }
  std::ranges::sort(flows);
  return flows;
}

std::string failed_text(const PlanPoint& point, std::size_t flow) {
  const models::FlowStatistics& seen = point.result.flows[flow];
  return fmt::format("{} of {}", seen.failed, seen.count);
}

std::string unkept_text(const PlanAnswer& answer) {
  const PlanPoint* point = answer.at_answer();
  if (point == nullptr || answer.kind == Kind::nowhere) return {};
  std::vector<std::string> failing;
  std::vector<std::string> conditions;
  for (const std::size_t i : failing_besides(answer)) {
    const models::FlowStatistics& flow = point->result.flows[i];
    if (flow.failed == 0) continue;
    const Noun noun = noun_of(request_of(*point, i));
    failing.push_back(part_of(flow.failed, flow.count, noun.plural, {"fails", "fail"}));
    conditions.push_back(
        fmt::format("--keep \"{}.failed == 0\"", clean(request_of(*point, i).name)));
  }
  if (failing.empty()) return {};
  return fmt::format("At {}, {}, which no condition speaks of; {} {}.", point->value,
                     joined(failing), joined(conditions), conditions.size() == 1 ? "does" : "do");
}

std::string failure_text(const PlanAnswer& answer) {
  const PlanPoint* failing = answer.failing();
  if (failing == nullptr) return {};
  const scenarios::Verdict& failure = first_failure(*failing);
  const bool none = failure.measured.kind == scenarios::MetricValue::Kind::none;
  return fmt::format("{}: {} is {}", failing->value, failure.expectation.metric,
                     none ? "not measured" : short_value(failure.measured));
}

std::string search_text(const scenarios::Plan& plan, const PlanAnswer& answer) {
  if (!answer.reversed_at.empty()) {
    return sentence(reversed_text(plan.question, answer)) + ".";
  }
  std::string text;
  if (const std::string unsafe = unsafe_text(answer); !unsafe.empty()) {
    text = sentence(unsafe) + ".";
  }
  if (answer.too_dear.empty()) return text;
  if (!text.empty()) text += " ";
  return text + no_further_text(plan, answer.too_dear + " takes");
}

std::vector<std::string> search_texts(const scenarios::Plan& plan) {
  std::vector<std::string> texts;
  bool any_too_dear = false;
  for (const PlanAnswer& answer : plan.answers) {
    any_too_dear = any_too_dear || !answer.too_dear.empty();
    const std::string text =
        answer.reversed_at.empty() ? unsafe_text(answer) : reversed_text(plan.question, answer);
    if (!text.empty()) {
      texts.push_back(fmt::format("{}: {}.", clean(answer.variant.label), text));
    }
  }
  if (any_too_dear) texts.push_back(no_further_text(plan, "what follows these numbers takes"));
  return texts;
}

const scenarios::Verdict& first_failure(const PlanPoint& point) {
  return *std::ranges::find(point.result.verdicts, false, &scenarios::Verdict::holds);
}

}  // namespace sixslots::reports
