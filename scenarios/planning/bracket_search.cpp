#include "scenarios/planning/bracket_search.hpp"

#include <algorithm>
#include <utility>

namespace sixslots::scenarios {
namespace {

constexpr int most_steps = 40;      // of doubling: from a nanosecond to a thousand seconds
constexpr double very_near = 1.01;  // where no curve can be fitted

}  // namespace

std::optional<Bracket> BracketSearch::find() {
  return question_.range ? over_range() : around_start();
}

/// That all numbers hold, or none, is for all replications to say.
std::optional<Bracket> BracketSearch::over_range() {
  const std::int64_t easiest = numbers_.easiest();
  const std::int64_t hardest = numbers_.hardest();
  if (!tried_.few_hold(easiest) && !tried_.point(easiest).holds) {
    if (fails_as_measured(tried_.point(easiest)) && tried_.surely(hardest, true)) {
      reversed_at(hardest);
    }
    return without_bracket(PlanAnswer::Kind::nowhere, easiest);
  }
  if (tried_.few_hold(hardest) && tried_.point(hardest).holds) {
    return without_bracket(PlanAnswer::Kind::everywhere, hardest);
  }
  return Bracket{easiest, hardest};
}

std::optional<Bracket> BracketSearch::around_start() {
  const std::int64_t start = numbers_.start();
  const std::optional<Bracket> bracket = around(start, tried_.few_hold(start));
  if (!bracket) look_the_other_way();
  return bracket;
}

/// Away from a number, to one at which the conditions fare otherwise.
std::optional<Bracket> BracketSearch::around(std::int64_t first, bool began_holding) {
  const auto bracket = [&](std::int64_t last, std::int64_t next) {
    return began_holding ? Bracket{last, next} : Bracket{next, last};
  };
  const bool up = question_.largest == began_holding;
  std::int64_t before = first;
  std::int64_t last = first;
  for (int step = 0; step < most_steps; ++step) {
    const std::int64_t next = next_to(last, up);
    if (next == last) break;
    if (tried_.few_hold(next) != began_holding) return bracket(last, next);
    before = std::exchange(last, next);
  }
  // That it never changes is for all replications to say.
  using Kind = PlanAnswer::Kind;
  if (tried_.point(last).holds == began_holding) {
    return without_bracket(began_holding ? Kind::everywhere : Kind::nowhere, last);
  }
  if (last != first) return bracket(before, last);
  return around(first, !began_holding);
}

std::optional<Bracket> BracketSearch::without_bracket(PlanAnswer::Kind kind, std::int64_t number) {
  never_changes(answer_, kind, number);
  return std::nullopt;
}

/// Where all numbers hold on the way to the harder ones, or none to the easier ones: do they fare
/// otherwise on the other side of the start?
void BracketSearch::look_the_other_way() {
  const bool holding = answer_.kind == PlanAnswer::Kind::everywhere;
  if (!holding && !fails_as_measured(tried_.point(answer_.number))) return;
  std::int64_t last = numbers_.start();
  for (int step = 0; step < most_steps; ++step) {
    const std::int64_t next = next_to(last, question_.largest != holding);
    if (next == last) return;
    const bool otherwise = tried_.few_hold(next) != holding && tried_.surely(next, !holding);
    if (otherwise && (!holding || fails_as_measured(tried_.point(next)))) return reversed_at(next);
    last = next;
  }
}

/// The next number on the way from the start, twice as far or half.
std::int64_t BracketSearch::next_to(std::int64_t number, bool up) const {
  return numbers_.clamped(up ? std::max(number * 2, number + 1) : number / 2);
}

void never_changes(PlanAnswer& answer, PlanAnswer::Kind kind, std::int64_t number) {
  answer.kind = kind;
  answer.number = answer.low = answer.high = number;
}

void narrow(Bracket& bracket, const Numbers& numbers,
            const std::function<bool(std::int64_t)>& holds_at,
            const std::function<bool(const Bracket&)>& near_enough) {
  while (bracket.high() - bracket.low() > 1) {
    if (near_enough(bracket)) return;
    const std::int64_t number = numbers.middle(bracket);
    (holds_at(number) ? bracket.holding : bracket.failing) = number;
  }
}

bool is_narrow(const Bracket& bracket, const Numbers& numbers) {
  return !numbers.whole() && bracket.within(very_near);
}

}  // namespace sixslots::scenarios
