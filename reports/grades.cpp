#include "reports/grades.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/evidence.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

/// So many of a flow's requests, or of a page's streams, come to no good.
struct Loss {
  std::uint64_t count = 0;
  std::string_view what;  ///< "starved"
};

std::string share(const Loss& loss, std::uint64_t all) {
  const double ratio =
      static_cast<double>(loss.count) / static_cast<double>(std::max<std::uint64_t>(all, 1));
  return fmt::format("{} {}", short_value(scenarios::MetricInfo::Unit::ratio, ratio), loss.what);
}

/// What most of the felt flow's requests come to that have no good end; those that the end of the
/// run alone has cut off are not among them.
Loss worst_loss(const FlowView& felt, const VariantView& view) {
  const models::FlowStatistics& flow = *felt.statistics;
  const bool has_no_end = hangs(felt.fate) || has_a_backlog(felt);
  const Loss losses[] = {
      {has_no_end ? never_sent(felt) : 0, "starved"},
      {has_no_end ? flow.censored - flow.starved : 0, "no answer"},
      {flow.failed, refuses(view) ? "refused" : "failed"},
  };
  return *std::ranges::max_element(losses, {}, &Loss::count);
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
  const Loss loss = worst_loss(felt, view);
  if (loss.count > 0) return share(loss, felt.statistics->count);
  if (const std::uint64_t blank = view.streams.never_opened(); blank > 0) {
    return share({blank, "blank"}, view.streams.asked_for);
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
