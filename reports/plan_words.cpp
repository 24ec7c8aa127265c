#include "reports/plan_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "reports/findings.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using scenarios::PlanAnswer;
using scenarios::PlanPoint;
using scenarios::VariantResult;
using Kind = scenarios::PlanAnswer::Kind;

std::vector<std::string> conditions_of(const PlanAnswer& answer) {
  std::vector<std::string> conditions;
  for (const scenarios::Verdict& verdict : answer.points.front().result.verdicts) {
    conditions.push_back(
        fmt::format("{} {}", verdict.expectation.metric, clean(verdict.expectation.text)));
  }
  return conditions;
}

struct Part {
  std::string_view metric;
  std::string_view words;
};
constexpr std::array parts = {
    Part{"stalled", "the wait in the browser for a slot or a stream"},
    Part{"connecting", "the wait for connections to be set up"},
    Part{"proxy_queue", "the wait at the hops before the app"},
    Part{"worker_queue", "the wait at the app for a worker"},
    Part{"service", "the time at a worker of the app"},
    Part{"transfer", "the time on the network"},
};

/// Which part of a request's time grows most between two runs.
std::string growth_text(const PlanPoint& answer, const PlanPoint& failing,
                        const std::string& flow) {
  const Part* largest = nullptr;
  double most = 0.0;
  const auto mean = [&](const PlanPoint& point, const Part& part) {
    return metric(point.result, fmt::format("{}.{}.mean", flow, part.metric));
  };
  for (const Part& part : parts) {
    const double growth = mean(failing, part).value - mean(answer, part).value;
    if (growth <= most) continue;
    most = growth;
    largest = &part;
  }
  if (largest == nullptr) return {};
  const std::string before = short_value(mean(answer, *largest));
  const std::string after = short_value(mean(failing, *largest));
  if (before == after) return {};  // nothing that can be seen
  return fmt::format("What grows most is {}: {} on average at {}, {} at {}.", largest->words,
                     before, answer.value, after, failing.value);
}

std::string finding_text(const VariantResult& result) {
  scenarios::Results alone;
  alone.scenario = result.variant.scenario;
  alone.variants.push_back(result);
  const std::vector<Finding> found = findings(study(alone));
  return found.empty() ? std::string()
                       : fmt::format("{} {}", found.front().what, found.front().why);
}

const scenarios::Verdict& first_failure(const PlanPoint& point) {
  return *std::ranges::find(point.result.verdicts, false, &scenarios::Verdict::holds);
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

std::string limit_text(const PlanAnswer& answer) {
  const PlanPoint* failing = answer.failing();
  if (failing == nullptr) return {};
  const std::string finding = finding_text(failing->result);
  const PlanPoint* at_answer = answer.at_answer();
  const std::string& metric = first_failure(*failing).expectation.metric;
  const std::string flow = metric.substr(0, metric.find('.'));
  const auto& flows = answer.variant.scenario.world.requests;
  const bool of_a_flow = std::ranges::find(flows, flow, &models::RequestFlow::name) != flows.end();
  std::string growth;
  if (at_answer != nullptr && at_answer != failing && of_a_flow) {
    growth = growth_text(*at_answer, *failing, flow);
  }
  if (finding.empty()) return growth;
  return fmt::format("{}{}At {}: {}", growth, growth.empty() ? "" : " ", failing->value, finding);
}

}  // namespace sixslots::reports
