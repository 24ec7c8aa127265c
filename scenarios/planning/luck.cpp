#include "scenarios/planning/luck.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "scenarios/planning/bracket_search.hpp"
#include "scenarios/planning/rare_counts.hpp"

namespace sixslots::scenarios {
namespace {

constexpr int most_neighbours = 5;  // on each side, whose verdict may be luck
constexpr int most_unsure = 20;     // and numbers further out
constexpr std::int64_t farthest = std::numeric_limits<std::int64_t>::max() / 2;

/// The last number whose verdict may be luck, and the next one, whose verdict is none; or where the
/// numbers end before one was found.
struct Luck {
  std::int64_t unsure = 0;
  std::int64_t sure = 0;
  bool found = true;
};

class Settling {
 public:
  Settling(const Numbers& numbers, Tried& tried, PlanAnswer& answer)
      : numbers_(numbers), tried_(tried), answer_(answer) {}

  void settle(Bracket bracket) {
    if (!bear_out(bracket)) return;
    narrow(
        bracket, numbers_, [this](std::int64_t number) { return tried_.point(number).holds; },
        [this](const Bracket& ends) { return is_narrow(ends, numbers_); });
    const std::int64_t step = bracket.high() - bracket.low();
    compared_ = bracket.holding;
    const Luck above = beyond_luck({bracket.holding, bracket.failing}, step, false);
    compared_ = above.sure;
    const Luck below = beyond_luck({bracket.failing, bracket.holding}, -step, true);
    // Of a count the last number that may hold; between two others anything may be.
    const std::int64_t most = numbers_.whole() ? above.unsure : above.sure;
    answer_.number = bracket.holding;
    answer_.low = std::min(below.sure, most);
    answer_.high = std::max(below.sure, most);
    answer_.safe = below.found;
  }

 private:
  /// Moves the ends outwards, until all replications say the same of them. False: they never do.
  bool bear_out(Bracket& bracket) {
    using Kind = PlanAnswer::Kind;
    for (std::int64_t step = bracket.high() - bracket.low(); !tried_.point(bracket.holding).holds;
         step *= 2) {
      bracket.failing = bracket.holding;
      bracket.holding = numbers_.beyond(bracket.holding, -step);
      if (bracket.holding == bracket.failing) {
        never_changes(answer_, Kind::nowhere, bracket.holding);
        return false;
      }
    }
    for (std::int64_t step = bracket.high() - bracket.low(); tried_.point(bracket.failing).holds;
         step *= 2) {
      bracket.holding = bracket.failing;
      bracket.failing = numbers_.beyond(bracket.failing, step);
      if (bracket.holding == bracket.failing) {
        never_changes(answer_, Kind::everywhere, bracket.holding);
        return false;
      }
    }
    return true;
  }

  /// From a number on in steps, to the first at which the conditions hold, or fail, and not by
  /// luck. Neighbours first; where those do not tell, ever longer steps, and in the end all the
  /// way.
  Luck beyond_luck(Luck found, std::int64_t step, bool holding) {
    for (int i = 0; i < most_unsure; ++i) {
      const std::int64_t longer = step * (std::int64_t{1} << std::max(0, i - most_neighbours + 1));
      const std::int64_t next = numbers_.beyond(found.sure, longer);
      // Of many numbers that are tried one is a lucky one; hardly two beside each other.
      if (is_surely(found.sure, holding) && (numbers_.whole() || is_surely(next, holding)))
        return found;
      if (next == found.sure) return {next, next, false};
      found = {found.sure, next};
    }
    const std::int64_t end = numbers_.beyond(found.sure, step > 0 ? farthest : -farthest);
    return {end, end, false};
  }

  bool is_surely(std::int64_t number, bool holding) {
    PlanPoint& seen = tried_.point(number);
    if (may_be_equal(seen, tried_.point(compared_))) seen.sure = false;
    return tried_.surely(number, holding);
  }

  const Numbers& numbers_;
  Tried& tried_;
  PlanAnswer& answer_;
  std::int64_t compared_ = 0;  ///< whose rare counts others must differ from
};

}  // namespace

void settle(Bracket bracket, const Numbers& numbers, Tried& tried, PlanAnswer& answer) {
  Settling(numbers, tried, answer).settle(bracket);
}

}  // namespace sixslots::scenarios
