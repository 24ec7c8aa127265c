#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "scenarios/planning/numbers.hpp"
#include "scenarios/planning/plan.hpp"
#include "scenarios/planning/tried.hpp"

namespace sixslots::scenarios {

/// Seeks a number at which the conditions hold and one at which they fail: the ends of the
/// question's range, or from the scenario's own number on by doubling or halving.
class BracketSearch {
 public:
  BracketSearch(const PlanQuestion& question, const Numbers& numbers, Tried& tried,
                PlanAnswer& answer)
      : question_(question), numbers_(numbers), tried_(tried), answer_(answer) {}

  /// Nothing where the conditions fare everywhere the same; then that is the answer.
  std::optional<Bracket> find();

 private:
  std::optional<Bracket> over_range();
  std::optional<Bracket> around_start();
  std::optional<Bracket> around(std::int64_t first, bool began_holding);
  std::optional<Bracket> without_bracket(PlanAnswer::Kind kind, std::int64_t number);
  void look_the_other_way();
  [[nodiscard]] std::int64_t next_to(std::int64_t number, bool up) const;
  void reversed_at(std::int64_t number) { answer_.reversed_at = numbers_.text(number); }

  const PlanQuestion& question_;
  const Numbers& numbers_;
  Tried& tried_;
  PlanAnswer& answer_;
};

/// The conditions fare the same at all numbers that were looked at, up to this one.
void never_changes(PlanAnswer& answer, PlanAnswer::Kind kind, std::int64_t number);

/// Goes on to the middle, until the ends are near enough, or nothing is between them.
void narrow(Bracket& bracket, const Numbers& numbers,
            const std::function<bool(std::int64_t)>& holds_at,
            const std::function<bool(const Bracket&)>& near_enough);

/// Near enough where no curve can be fitted: within 1 %, or neighbours of a count.
bool is_narrow(const Bracket& bracket, const Numbers& numbers);

}  // namespace sixslots::scenarios
