#include "scenarios/planning/search.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "scenarios/planning/bracket_search.hpp"
#include "scenarios/planning/curve.hpp"
#include "scenarios/planning/luck.hpp"
#include "scenarios/planning/numbers.hpp"
#include "scenarios/planning/prober.hpp"
#include "scenarios/planning/tried.hpp"

namespace sixslots::scenarios {
namespace {

/// Without a range no number is simulated that is far dearer than the first.
Prober prober_for(const Variant& variant, const PlanQuestion& question, const Progress& progress,
                  const Effort& effort) {
  Prober prober(variant, question, progress, effort);
  if (!question.range) prober.bound_costs();
  return prober;
}

class Search {
 public:
  Search(const Variant& variant, const PlanQuestion& question, const Progress& progress,
         const Effort& effort)
      : variant_(variant),
        question_(question),
        numbers_(question, variant.scenario),
        tried_(prober_for(variant, question, progress, effort), variant.scenario.run.replications) {
  }

  PlanAnswer answer() {
    for (;;) {
      try {
        seek();
        simulate_neighbours();
        return finished();
      } catch (const TooDear& found) {
        end_before(found.number);
      }
    }
  }

 private:
  void seek() {
    answer_ = {};
    std::optional<Bracket> bracket = BracketSearch(question_, numbers_, tried_, answer_).find();
    if (!bracket) return;
    Curve curve(numbers_, tried_, question_.largest);
    const auto few_hold = [this](std::int64_t number) { return tried_.few_hold(number); };
    const auto narrow_enough = [this](const Bracket& ends) { return is_narrow(ends, numbers_); };
    narrow(*bracket, numbers_, few_hold,
           [&](const Bracket& ends) { return curve.is_near(ends) || narrow_enough(ends); });
    if (const std::optional<Crossing> found = curve.fit(*bracket)) return take(*found);
    narrow(*bracket, numbers_, few_hold, narrow_enough);
    settle(*bracket, numbers_, tried_, answer_);
  }

  /// Goes on among the numbers up to the nearest one that was not too dear.
  void end_before(std::int64_t number) {
    last_ = tried_.last_before(number, numbers_.start());
    numbers_.end_at(last_);
    too_dear_ = number;
  }

  void take(const Crossing& found) {
    answer_.number = numbers_.clamped(numbers_.rounded(found.x));
    const std::int64_t low = numbers_.rounded(found.interval->low);
    const std::int64_t high = numbers_.rounded(found.interval->high);
    answer_.low = std::clamp(low, numbers_.lowest(), answer_.number);
    answer_.high = std::clamp(high, answer_.number, numbers_.highest());
    answer_.safe = question_.largest ? low >= numbers_.lowest() : high <= numbers_.highest();
    answer_.fitted = true;
  }

  void simulate_neighbours() {
    static_cast<void>(tried_.point(answer_.number));
    if (answer_.kind != PlanAnswer::Kind::found) return;
    const std::int64_t step = numbers_.whole() ? 1 : std::max<std::int64_t>(answer_.number / 20, 1);
    for (const std::int64_t by : {-step, step}) {
      const std::int64_t beside = numbers_.beyond(answer_.number, by);
      if (beside < 0) continue;
      static_cast<void>(
          tried_.point(numbers_.whole() ? beside : tidy(static_cast<double>(beside))));
    }
  }

  PlanAnswer finished() {
    answer_.variant = variant_;
    answer_.largest = question_.largest;
    answer_.value = numbers_.text(answer_.number);
    answer_.low_value = numbers_.text(answer_.low);
    answer_.high_value = numbers_.text(answer_.high);
    answer_.points = tried_.take_points();
    answer_.probes = tried_.prober().probes;
    answer_.replications = tried_.prober().replications;
    const bool ends_there = answer_.low == last_ || answer_.high == last_;
    if (too_dear_ && ends_there) answer_.too_dear = numbers_.text(*too_dear_);
    return std::move(answer_);
  }

  const Variant& variant_;
  const PlanQuestion& question_;
  Numbers numbers_;
  Tried tried_;
  std::optional<std::int64_t> too_dear_;
  std::int64_t last_ = 0;  ///< before that one
  PlanAnswer answer_;
};

}  // namespace

PlanAnswer search(const Variant& variant, const PlanQuestion& question, const Progress& progress,
                  const Effort& effort) {
  return Search(variant, question, progress, effort).answer();
}

int expected_replications(const RunSettings& run) {
  constexpr int usual_steps = 10;
  const int narrowing = usual_steps * std::min(few_replications, run.replications);
  return narrowing + (static_cast<int>(fitted_points) + 3) * run.replications;
}

}  // namespace sixslots::scenarios
