#include "scenarios/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/measures.hpp"
#include "scenarios/statistics/exceedance_test.hpp"
#include "scenarios/statistics/metric_intervals.hpp"

namespace sixslots::scenarios {
namespace {

using Kind = MetricValue::Kind;
using Operator = Expectation::Operator;

constexpr int most_replications = 100'000;  // that --replications takes
constexpr int usual_replications = 20;

Judgement opposite(Judgement judgement) {
  if (judgement == Judgement::undecided) return judgement;
  return judgement == Judgement::pass ? Judgement::fail : Judgement::pass;
}

/// A condition on a value which is known to lie in an interval.
Judgement judge_interval(Operator op, const Interval& interval, double limit) {
  switch (op) {
    case Operator::less:
      if (interval.high < limit) return Judgement::pass;
      return interval.low >= limit ? Judgement::fail : Judgement::undecided;
    case Operator::less_equal:
      if (interval.high <= limit) return Judgement::pass;
      return interval.low > limit ? Judgement::fail : Judgement::undecided;
    case Operator::greater:
      return opposite(judge_interval(Operator::less_equal, interval, limit));
    case Operator::greater_equal:
      return opposite(judge_interval(Operator::less, interval, limit));
    case Operator::equal:
      return interval.holds(limit) ? Judgement::undecided : Judgement::fail;
    case Operator::not_equal:
      return interval.holds(limit) ? Judgement::undecided : Judgement::pass;
  }
  return Judgement::fail;
}

Judgement judge_side(Operator op, Side side) {
  const bool wants_less = op == Operator::less || op == Operator::less_equal;
  if (side == Side::unknown) return Judgement::undecided;
  if (op == Operator::equal || op == Operator::not_equal) {
    return op == Operator::equal ? Judgement::fail : Judgement::pass;
  }
  return wants_less == (side == Side::below) ? Judgement::pass : Judgement::fail;
}

const std::vector<double>& replications_of(const VariantResult& result, std::string_view metric) {
  const auto found = std::ranges::find_if(
      result.metrics, [&](const MetricValue& value) { return value.info.name == metric; });
  return result.by_replication[static_cast<std::size_t>(found - result.metrics.begin())];
}

bool all_agree(const std::vector<double>& values) {
  return values.size() > 1 &&
         std::ranges::all_of(values, [&](double value) { return value == values.front(); });
}

/// The requests of a quantile and those above its limit. Several of one replication count as one
/// when they exceed: what hangs one request often hangs its neighbours.
std::optional<Exceeding> exceeding(const VariantResult& result, const Verdict& verdict) {
  Pooled pooled;
  pooled.flows = result.flows;
  const MetricInfo& info = verdict.measured.info;
  const std::optional<std::size_t> number = tally_of(info, result.variant.scenario);
  if (!number || pooled.tally(*number).count() == 0) return {};
  const sim::Tally& tally = pooled.tally(*number);
  const auto count = static_cast<double>(tally.count());
  const auto limit =
      std::chrono::round<sim::Duration>(std::chrono::duration<double>(verdict.expectation.limit));
  const double exceed = count * tally.share_above(limit, tally.unfinished());
  const std::string max = info.name.substr(0, info.name.rfind('.')) + ".max";
  const auto clusters = static_cast<double>(std::ranges::count_if(
      replications_of(result, max), [&](double v) { return v > verdict.expectation.limit; }));
  const double together = clusters > 0.0 ? std::max(1.0, exceed / clusters) : 1.0;
  return Exceeding{count / together, exceed / together};
}

/// What is known without an interval.
bool is_exact(const VariantResult& result, const MetricValue& measured) {
  if (measured.kind != Kind::exact) return true;
  if (statistic_of(measured.info).kind == Statistic::Kind::other) return true;
  return all_agree(replications_of(result, measured.info.name));
}

bool too_few(const VariantResult& result) { return result.replications < fewest_replications; }

std::string cure_of(const VariantResult& result, const Verdict& verdict) {
  if (is_open(verdict)) {
    return "unfinished requests make it a bound; a longer run.duration would tell";
  }
  const bool equality =
      verdict.expectation.op == Operator::equal || verdict.expectation.op == Operator::not_equal;
  if (too_few(result)) {
    return fmt::format("an interval needs {} replications; try --replications {}",
                       fewest_replications, usual_replications);
  }
  if (equality) return "no number of replications shows that a mean is equal; expect a range";
  if (verdict.measured.interval) {
    const int count =
        replications_to_decide(result.replications, verdict.measured, verdict.expectation.limit);
    if (count == 0) return "it is the limit, as far as one can tell; choose another limit";
    return fmt::format("about {} replications would decide; try --replications {}", count, count);
  }
  return fmt::format("{}; a longer run.duration would tell", verdict.measured.no_interval);
}

Judgement judge(const VariantResult& result, const Verdict& verdict) {
  const MetricValue& measured = verdict.measured;
  const Expectation& expectation = verdict.expectation;
  if (is_open(verdict)) return Judgement::undecided;
  if (is_exact(result, measured)) return verdict.holds ? Judgement::pass : Judgement::fail;
  if (too_few(result)) return Judgement::undecided;
  if (measured.interval)
    return judge_interval(expectation.op, *measured.interval, expectation.limit);
  const Statistic statistic = statistic_of(measured.info);
  const bool few_requests =
      statistic.kind == Statistic::Kind::quantile && result.diagnosis.no_intervals.empty();
  if (!few_requests) return Judgement::undecided;
  const std::optional<Exceeding> seen = exceeding(result, verdict);
  if (!seen) return Judgement::undecided;
  return judge_side(expectation.op, side_of_quantile(*seen, statistic.p));
}

/// The value itself would hold: the run ended too early to say so.
bool fails_as_a_bound(const Judged& judged) {
  const Operator op = judged.expectation.op;
  return judged.judgement == Judgement::fail && judged.measured.kind == Kind::at_least &&
         (op == Operator::less || op == Operator::less_equal) &&
         judged.measured.value < judged.expectation.limit;
}

}  // namespace

bool is_open(const Verdict& verdict) {
  const Operator op = verdict.expectation.op;
  return !verdict.holds && verdict.measured.kind == Kind::at_least &&
         (op == Operator::greater || op == Operator::greater_equal);
}

int replications_to_decide(int replications, const MetricValue& measured, double limit) {
  if (!measured.interval) return 0;
  const double low = measured.value - measured.interval->low;
  const double high = measured.interval->high - measured.value;
  const double width = limit < measured.value ? low : high;
  const double ratio = width / std::abs(measured.value - limit);
  const double needed = std::ceil(static_cast<double>(replications) * ratio * ratio);
  if (!(needed < most_replications)) return 0;
  return std::max(replications + 1, static_cast<int>(needed));
}

std::vector<Judged> judge(const Results& results) {
  std::vector<Judged> all;
  for (const VariantResult& result : results.variants) {
    for (const Verdict& verdict : result.verdicts) {
      Judged judged{
          result.variant.label, verdict.expectation, verdict.measured, judge(result, verdict), {}};
      if (judged.judgement == Judgement::undecided) judged.cure = cure_of(result, verdict);
      if (fails_as_a_bound(judged)) {
        judged.cure =
            "unfinished requests make it a bound; a percentile or a longer run would tell";
      }
      all.push_back(std::move(judged));
    }
  }
  return all;
}

}  // namespace sixslots::scenarios
