#include "scenarios/judgement.hpp"

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
/// A 95 % interval leaves a limit out at even odds when its half width is the distance to it, and
/// nine times in ten with so many times the replications: ((z(0.975) + z(0.9)) / z(0.975))^2, the
/// sample size for a power of 90 %.
constexpr double for_power = 2.7352;

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

/// What was measured is a bound below a limit that is to be exceeded: the value itself may be on
/// either side.
bool is_open(const Verdict& verdict) {
  const Operator op = verdict.expectation.op;
  return !verdict.holds && verdict.measured.kind == Kind::at_least &&
         (op == Operator::greater || op == Operator::greater_equal);
}

/// The value itself would hold: the run ended too early to say so.
bool fails_as_a_bound(const Verdict& verdict) {
  const Operator op = verdict.expectation.op;
  return verdict.judgement == Judgement::fail && verdict.measured.kind == Kind::at_least &&
         (op == Operator::less || op == Operator::less_equal) &&
         verdict.measured.value < verdict.expectation.limit;
}

/// Judges the expectations of one variant.
class Judge {
 public:
  Judge(const Replications& all, const Diagnosis& diagnosis) : all_(all), diagnosis_(diagnosis) {}

  [[nodiscard]] Judgement judgement(const Verdict& verdict) const {
    const MetricValue& measured = verdict.measured;
    const Expectation& expectation = verdict.expectation;
    if (is_open(verdict)) return Judgement::undecided;
    if (is_exact(measured)) return verdict.holds ? Judgement::pass : Judgement::fail;
    if (too_few()) return Judgement::undecided;
    if (measured.interval)
      return judge_interval(expectation.op, *measured.interval, expectation.limit);
    const Statistic statistic = statistic_of(measured.info);
    const bool few_requests =
        statistic.kind == Statistic::Kind::quantile && diagnosis_.no_intervals.empty();
    if (!few_requests) return Judgement::undecided;
    const std::optional<Exceeding> seen = exceeding(verdict);
    if (!seen) return Judgement::undecided;
    return judge_side(expectation.op, side_of_quantile(*seen, statistic.p));
  }

  /// What would tell where nothing does.
  [[nodiscard]] std::string cure(const Verdict& verdict) const {
    if (is_open(verdict)) {
      return "unfinished requests make it a bound; a longer run.duration would tell";
    }
    const Operator op = verdict.expectation.op;
    if (too_few()) {
      return fmt::format("an interval needs {} replications; try --replications {}",
                         fewest_replications, usual_replications);
    }
    if (op == Operator::equal) {
      return "no number of replications shows that a mean is equal; expect a range";
    }
    if (verdict.measured.interval) {
      const int count =
          replications_to_decide(replications(), verdict.measured, verdict.expectation.limit);
      if (count == 0) return "it is the limit, as far as one can tell; choose another limit";
      return fmt::format(
          "about {} replications would decide, nine times in ten; try --replications {}", count,
          count);
    }
    return fmt::format("{}; a longer run.duration would tell", verdict.measured.no_interval);
  }

 private:
  [[nodiscard]] int replications() const { return static_cast<int>(all_.each.size()); }
  [[nodiscard]] bool too_few() const { return replications() < fewest_replications; }

  /// What is known without an interval.
  [[nodiscard]] bool is_exact(const MetricValue& measured) const {
    if (measured.kind != Kind::exact) return true;
    if (statistic_of(measured.info).kind == Statistic::Kind::other) return true;
    const std::size_t place = all_.place_of(measured.info.name);
    return all_.each.size() > 1 && std::ranges::all_of(all_.each, [&](const Kept& one) {
             return value_in(one, place) == value_in(all_.each.front(), place);
           });
  }

  /// The requests of a quantile and those above its limit. Several of one replication count as one
  /// when they exceed: what hangs one request often hangs its neighbours.
  [[nodiscard]] std::optional<Exceeding> exceeding(const Verdict& verdict) const {
    const MetricInfo& info = verdict.measured.info;
    const double limit = verdict.expectation.limit;
    const std::optional<std::size_t> number = all_.measures[all_.place_of(info.name)].tally;
    if (!number || all_.pooled.tally(*number).count() == 0) return {};
    const sim::Tally& tally = all_.pooled.tally(*number);
    const auto count = static_cast<double>(tally.count());
    const auto time = std::chrono::round<sim::Duration>(std::chrono::duration<double>(limit));
    const double exceed = count * tally.share_above(time, tally.unfinished());
    const std::size_t max = all_.place_of(info.name.substr(0, info.name.rfind('.')) + ".max");
    const auto clusters = static_cast<double>(std::ranges::count_if(
        all_.each, [&](const Kept& one) { return value_in(one, max) > limit; }));
    const double together = clusters > 0.0 ? std::max(1.0, exceed / clusters) : 1.0;
    return Exceeding{count / together, exceed / together};
  }

  static double value_in(const Kept& one, std::size_t metric) { return one.values[metric].value; }

  const Replications& all_;
  const Diagnosis& diagnosis_;
};

}  // namespace

bool holds(const Expectation& expectation, const MetricValue& measured) {
  if (measured.kind == Kind::none) return false;
  const double value = measured.value;
  const bool unbounded = measured.is_bound();
  switch (expectation.op) {
    case Operator::less:
      return !unbounded && value < expectation.limit;
    case Operator::less_equal:
      return !unbounded && value <= expectation.limit;
    case Operator::greater:
      if (measured.kind == Kind::never) return true;
      return value > expectation.limit || (unbounded && value >= expectation.limit);
    case Operator::greater_equal:
      return measured.kind == Kind::never || value >= expectation.limit;
    case Operator::equal:
      return !unbounded && value == expectation.limit;
    case Operator::not_equal:
      return unbounded || value != expectation.limit;
  }
  return false;
}

int replications_to_decide(int replications, const MetricValue& measured, double limit) {
  if (!measured.interval) return 0;
  const double low = measured.value - measured.interval->low;
  const double high = measured.interval->high - measured.value;
  const double width = limit < measured.value ? low : high;
  const double ratio = width / std::abs(measured.value - limit);
  const double needed = std::ceil(static_cast<double>(replications) * for_power * ratio * ratio);
  if (!(needed < most_replications)) return 0;
  return std::max(replications + 1, static_cast<int>(needed));
}

void judge(Verdict& verdict, const Replications& all, const Diagnosis& diagnosis) {
  const Judge judge(all, diagnosis);
  verdict.judgement = judge.judgement(verdict);
  if (verdict.judgement == Judgement::undecided) verdict.cure = judge.cure(verdict);
  if (fails_as_a_bound(verdict)) {
    verdict.cure = "unfinished requests make it a bound; a percentile or a longer run would tell";
  }
}

}  // namespace sixslots::scenarios
