#include "reports/grades.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

std::string share(std::uint64_t part, std::uint64_t all, std::string_view what) {
  const double ratio =
      static_cast<double>(part) / static_cast<double>(std::max<std::uint64_t>(all, 1));
  return fmt::format("{} {}", short_value(scenarios::MetricInfo::Unit::ratio, ratio), what);
}

/// An upper limit on the felt latency that the variant does not keep, or nullptr.
const scenarios::Verdict* broken_budget(const FlowView& felt, const VariantView& view) {
  using Operator = scenarios::Expectation::Operator;
  const std::string prefix = felt.flow->name + ".latency.";
  for (const scenarios::Verdict& verdict : view.result->verdicts) {
    const Operator op = verdict.expectation.op;
    const bool upper = op == Operator::less || op == Operator::less_equal;
    if (upper && !verdict.holds && verdict.expectation.metric.starts_with(prefix)) return &verdict;
  }
  return nullptr;
}

std::string what_is_wrong(const FlowView& felt, const VariantView& view) {
  const models::FlowStatistics& flow = *felt.statistics;
  if (felt.fate == Fate::starved) return share(flow.starved, flow.count, "starved");
  if (felt.fate == Fate::unanswered || has_a_backlog(felt))
    return share(flow.censored, flow.count, "no answer");
  if (felt.fate == Fate::refused)
    return share(flow.failed, flow.count, refuses(view) ? "refused" : "failed");
  if (const std::uint64_t blank = view.streams.never_opened(); blank > 0) {
    return share(blank, view.streams.asked_for, "blank");
  }
  if (const scenarios::Verdict* verdict = broken_budget(felt, view)) {
    const std::string& metric = verdict->expectation.metric;
    return fmt::format("{} {}", metric.substr(metric.rfind('.') + 1),
                       short_value(verdict->measured));
  }
  return {};
}

}  // namespace

Graded grade(const Study& study, const VariantView& view) {
  const FlowView& felt = study.felt(view);
  if (felt.fate == Fate::none) return {Grade::none, false, "none made"};
  std::string wrong = what_is_wrong(felt, view);
  if (!wrong.empty()) return {Grade::red, false, std::move(wrong)};
  return {Grade::green, felt.fate == Fate::slow, short_value(felt.p95)};
}

}  // namespace sixslots::reports
