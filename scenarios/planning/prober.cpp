#include "scenarios/planning/prober.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/overrides.hpp"
#include "scenarios/scale.hpp"
#include "scenarios/statistics/student_t.hpp"

namespace sixslots::scenarios {
namespace {

bool is_limit(Expectation::Operator op) {
  return op != Expectation::Operator::equal && op != Expectation::Operator::not_equal;
}

/// Whether more luck would not have changed the verdict; counts are taken as they were seen.
bool is_sure(const Verdict& verdict) {
  if (!is_smooth(verdict)) return true;
  const auto degrees = static_cast<int>(verdict.evidence->replications.size()) - 1;
  if (degrees < 1) return false;
  return std::abs(verdict.evidence->excess()) > student_t(plan_confidence, degrees);
}

bool is_sure(const std::vector<Verdict>& verdicts, bool all_hold) {
  const auto decides = [&](const Verdict& verdict) { return verdict.holds == all_hold; };
  const auto surely = [&](const Verdict& v) { return decides(v) && is_sure(v); };
  return all_hold ? std::ranges::all_of(verdicts, surely) : std::ranges::any_of(verdicts, surely);
}

/// A second on a machine of today for the few replications of a step: who gave no range did not ask
/// for minutes.
constexpr std::uint64_t always_affordable = 250'000;
/// What is dear from the beginning may become so much dearer.
constexpr std::uint64_t affordable_factor = 8;

}  // namespace

bool is_smooth(const Verdict& verdict) {
  return verdict.evidence && is_limit(verdict.expectation.op);
}

std::optional<PlanPoint> Prober::at(std::int64_t number, int count, bool keep_samples) {
  PlanPoint point;
  point.number = number;
  const Address address = locate(question_.key, variant_.scenario, {});
  point.value = scale_of(*address.key)->print(number);
  Variant probed = variant_;
  apply_setting(probed.scenario, question_.key + "=" + point.value);
  probed.scenario.run.replications = count;
  probed.scenario.run.precision = {};
  probed.scenario.run.first_replication = replications;
  const int before = replications;
  const auto count_on = [&](double done, int total, std::string_view label) {
    if (progress_) progress_(before + done, before + total, label);
  };
  Effort effort{.threads = effort_.threads, .keep_samples = keep_samples};
  if (bounded_ && probes > 0 && number != first_) {
    effort.most_events = std::max(always_affordable, affordable_factor * first_events_);
  }
  const bool ended = simulate({&probed, 1}, count_on, effort,
                              [&](VariantResult&& result) { point.result = std::move(result); });
  if (!ended) return std::nullopt;
  if (probes == 0) {
    first_ = number;
    first_events_ = point.result.sample.events;
  }
  ++probes;
  replications += count;
  point.holds = std::ranges::all_of(point.result.verdicts, &Verdict::holds);
  point.sure = is_sure(point.result.verdicts, point.holds);
  return point;
}

}  // namespace sixslots::scenarios
