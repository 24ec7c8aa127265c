#include "scenarios/planning/search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <utility>

#include "scenarios/planning/loads.hpp"
#include "scenarios/planning/numbers.hpp"
#include "scenarios/planning/prober.hpp"
#include "scenarios/planning/rare_counts.hpp"

namespace sixslots::scenarios {
namespace {

constexpr int few_replications = 10;
constexpr int most_steps = 40;        // of doubling: from a nanosecond to a thousand seconds
constexpr double near = 1.15;         // ends of what a curve is fitted through
constexpr double very_near = 1.01;    // where no curve can be fitted
constexpr std::int64_t many = 50;     // counts from which on a curve says more than neighbours
constexpr double fitted_half = 0.08;  // of the middle: five numbers from -8 % to +8 %
constexpr std::size_t fitted_points = 5;
constexpr int most_neighbours = 5;  // on each side, whose verdict may be luck
constexpr int most_unsure = 20;     // and numbers further out
constexpr std::int64_t farthest = std::numeric_limits<std::int64_t>::max() / 2;

/// And not because there was nothing to measure.
bool fails_as_measured(const PlanPoint& point) {
  return std::ranges::any_of(point.result.verdicts, [](const Verdict& verdict) {
    return !verdict.holds && verdict.measured.kind != MetricValue::Kind::none;
  });
}

/// Thrown where a number is too dear to simulate.
struct TooDear {
  std::int64_t number;
};

class Search {
 public:
  Search(const Variant& variant, const PlanQuestion& question, const Progress& progress,
         const Effort& effort)
      : variant_(variant),
        question_(question),
        prober_(variant, question, progress, effort),
        numbers_(question, variant.scenario),
        replications_(variant.scenario.run.replications) {
    if (!question.range) prober_.bound_costs();
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
    compared_ = {};
    fits_ = true;
    std::optional<Bracket> bracket = question_.range ? over_range() : around_start();
    if (!bracket) return;
    const auto few_hold = [this](std::int64_t number) { return holds(number); };
    narrow(*bracket, few_hold);
    if (fit(*bracket)) return;
    fits_ = false;
    narrow(*bracket, few_hold);
    settle(*bracket);
  }

  /// Goes on among the numbers up to the nearest one that was not too dear.
  void end_before(std::int64_t number) {
    few_.erase(number);  // cheap enough for few replications, but not for all
    const auto after = few_.upper_bound(number);
    last_ = number > numbers_.start() ? std::prev(after)->first : after->first;
    numbers_.end_at(last_);
    too_dear_ = number;
  }

  /// What few replications say.
  bool holds(std::int64_t number) {
    const auto known = few_.find(number);
    if (known != few_.end()) return known->second;
    const int count = std::min(few_replications, replications_);
    return few_.emplace(number, probe(number, count, false).holds).first->second;
  }

  PlanPoint probe(std::int64_t number, int count, bool keep_samples) {
    PlanPoint seen = simulated(number, count, keep_samples);
    if (!seen.holds) failed_ = seen.result.verdicts;
    return seen;
  }

  PlanPoint simulated(std::int64_t number, int count, bool keep_samples) {
    std::optional<PlanPoint> seen = prober_.at(number, count, keep_samples);
    if (!seen) throw TooDear{number};
    return *std::move(seen);
  }

  /// That all numbers hold, or none, is for all replications to say.
  std::optional<Bracket> over_range() {
    const std::int64_t easiest = numbers_.easiest();
    const std::int64_t hardest = numbers_.hardest();
    if (!holds(easiest) && !point(easiest).holds) {
      if (fails_as_measured(point(easiest)) && is_surely(hardest, true)) reversed_at(hardest);
      return without_bracket(PlanAnswer::Kind::nowhere, easiest);
    }
    if (holds(hardest) && point(hardest).holds) {
      return without_bracket(PlanAnswer::Kind::everywhere, hardest);
    }
    return Bracket{easiest, hardest};
  }

  std::optional<Bracket> around_start() {
    const std::int64_t start = numbers_.start();
    const std::optional<Bracket> bracket = around(start, holds(start));
    if (!bracket) look_the_other_way();
    return bracket;
  }

  /// The next number on the way from the start, twice as far or half.
  [[nodiscard]] std::int64_t next_to(std::int64_t number, bool up) const {
    return numbers_.clamped(up ? std::max(number * 2, number + 1) : number / 2);
  }

  /// Where all numbers hold on the way to the harder ones, or none to the easier ones: do they fare
  /// otherwise on the other side of the start?
  void look_the_other_way() {
    const bool holding = answer_.kind == PlanAnswer::Kind::everywhere;
    if (!holding && !fails_as_measured(point(answer_.number))) return;
    std::int64_t last = numbers_.start();
    for (int step = 0; step < most_steps; ++step) {
      const std::int64_t next = next_to(last, question_.largest != holding);
      if (next == last) return;
      const bool otherwise = holds(next) != holding && is_surely(next, !holding);
      if (otherwise && (!holding || fails_as_measured(point(next)))) return reversed_at(next);
      last = next;
    }
  }

  void reversed_at(std::int64_t number) { answer_.reversed_at = numbers_.text(number); }

  /// Away from a number, to one at which the conditions fare otherwise.
  std::optional<Bracket> around(std::int64_t first, bool began_holding) {
    const auto bracket = [&](std::int64_t last, std::int64_t next) {
      return began_holding ? Bracket{last, next} : Bracket{next, last};
    };
    const bool up = question_.largest == began_holding;
    std::int64_t before = first;
    std::int64_t last = first;
    for (int step = 0; step < most_steps; ++step) {
      const std::int64_t next = next_to(last, up);
      if (next == last) break;
      if (holds(next) != began_holding) return bracket(last, next);
      before = std::exchange(last, next);
    }
    // That it never changes is for all replications to say.
    using Kind = PlanAnswer::Kind;
    if (point(last).holds == began_holding) {
      return without_bracket(began_holding ? Kind::everywhere : Kind::nowhere, last);
    }
    if (last != first) return bracket(before, last);
    return around(first, !began_holding);
  }

  std::optional<Bracket> without_bracket(PlanAnswer::Kind kind, std::int64_t number) {
    answer_.kind = kind;
    answer_.number = answer_.low = answer_.high = number;
    return std::nullopt;
  }

  [[nodiscard]] bool can_fit(const Bracket& bracket) const {
    const auto fails_roughly = [](const Verdict& v) { return !v.holds && !is_smooth(v); };
    if (!fits_ || std::ranges::any_of(failed_, fails_roughly)) return false;
    return !numbers_.whole() || bracket.low() >= many;
  }

  void narrow(Bracket& bracket, const std::function<bool(std::int64_t)>& holds_at) {
    while (bracket.high() - bracket.low() > 1) {
      if (can_fit(bracket) && bracket.within(near)) return;
      if (!numbers_.whole() && bracket.within(very_near)) return;
      const std::int64_t number = numbers_.middle(bracket);
      (holds_at(number) ? bracket.holding : bracket.failing) = number;
    }
  }

  /// Where a curve is looked for.
  struct Window {
    double centre = 0.0;
    double half = 0.0;
  };

  [[nodiscard]] static Window about(const Bracket& bracket) {
    const auto low = static_cast<double>(bracket.low());
    const auto high = static_cast<double>(bracket.high());
    const double centre = (low + high) / 2.0;
    return {centre, std::max((high - low) / 2.0, fitted_half * centre)};
  }

  /// So many times as wide, inside what the key takes. False: it is that wide already.
  [[nodiscard]] bool widen(Window& window, double times) const {
    const auto low = static_cast<double>(numbers_.lowest());
    const auto high = static_cast<double>(numbers_.highest());
    const double half = std::min(times * window.half, (high - low) / 2.0);
    if (half <= window.half) return false;
    window = {std::clamp(window.centre, low + half, high - half), half};
    return true;
  }

  /// Fits where the failing conditions meet their limits, and takes the first of those numbers. A
  /// curve that is flat for its luck tells nothing: then a wider piece is looked at.
  bool fit(const Bracket& bracket) {
    if (!can_fit(bracket)) return false;
    Window window = about(bracket);
    bool widened = false;
    constexpr int most_attempts = 8;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
      const std::vector<PlanPoint> loads = loads_in(window);
      const std::optional<Crossing> found = first_crossing(loads, failed_, question_.largest);
      const bool known = found && found->interval;
      if (!known && is_a_step(loads)) return false;
      if (found && !found->fits() && widened) return false;
      if (!known || !found->steep()) {
        // As wide as makes it steep, and some more: the slope grows with the window.
        const double times = known ? std::clamp(3.0 * found->flatness, 1.5, 8.0) : 2.0;
        if (!widen(window, times)) return false;
        widened = true;
        continue;
      }
      const bool inside = std::abs(found->x - window.centre) <= 1.25 * window.half;
      if (inside && found->fits()) {
        take(*found);
        return true;
      }
      window.centre = std::clamp(found->x, window.centre - 2.0 * window.half,
                                 window.centre + 2.0 * window.half);
      // Such as near saturation: a shorter piece is straighter.
      if (!found->fits()) window.half /= 2.0;
    }
    return false;
  }

  std::vector<PlanPoint> loads_in(const Window& window) {
    std::vector<PlanPoint> loads;
    for (std::size_t i = 0; i < fitted_points; ++i) {
      const double x = window.centre + window.half * (static_cast<double>(i) / 2.0 - 1.0);
      const std::int64_t number = numbers_.clamped(tidy(x));
      if (!loads.empty() && loads.back().number == number) continue;
      loads.push_back(simulated(number, replications_, false));
    }
    return loads;
  }

  void take(const Crossing& found) {
    answer_.number = numbers_.clamped(numbers_.rounded(found.x));
    answer_.low =
        std::clamp(numbers_.rounded(found.interval->low), numbers_.lowest(), answer_.number);
    answer_.high =
        std::clamp(numbers_.rounded(found.interval->high), answer_.number, numbers_.highest());
    answer_.fitted = true;
  }

  /// All replications: at the bracket's ends and, where those do not bear out what few have said,
  /// further out; back between them; and out again to where no verdict may be luck.
  void settle(Bracket bracket) {
    if (!bear_out(bracket)) return;
    narrow(bracket, [this](std::int64_t number) { return point(number).holds; });
    const std::int64_t step = bracket.high() - bracket.low();
    compared_ = bracket.holding;
    const Luck above = beyond_luck({bracket.holding, bracket.failing}, step, false);
    compared_ = above.sure;
    const std::int64_t least = beyond_luck({bracket.failing, bracket.holding}, -step, true).sure;
    // Of a count the last number that may hold; between two others anything may be.
    const std::int64_t most = numbers_.whole() ? above.unsure : above.sure;
    answer_.number = bracket.holding;
    answer_.low = std::min(least, most);
    answer_.high = std::max(least, most);
  }

  /// The last number whose verdict may be luck, and the next one, whose verdict is none.
  struct Luck {
    std::int64_t unsure = 0;
    std::int64_t sure = 0;
  };

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
      if (next == found.sure) return {next, next};
      found = {found.sure, next};
    }
    const std::int64_t end = numbers_.beyond(found.sure, step > 0 ? farthest : -farthest);
    return {end, end};
  }

  bool is_surely(std::int64_t number, bool holding) {
    PlanPoint& seen = point(number);
    if (compared_ && may_be_equal(seen, point(*compared_))) seen.sure = false;
    return seen.sure && seen.holds == holding;
  }

  /// Moves the ends outwards, until all replications say the same of them. False: they never do.
  bool bear_out(Bracket& bracket) {
    using Kind = PlanAnswer::Kind;
    for (std::int64_t step = bracket.high() - bracket.low(); !point(bracket.holding).holds;
         step *= 2) {
      bracket.failing = bracket.holding;
      bracket.holding = numbers_.beyond(bracket.holding, -step);
      if (bracket.holding == bracket.failing) {
        without_bracket(Kind::nowhere, bracket.holding);
        return false;
      }
    }
    for (std::int64_t step = bracket.high() - bracket.low(); point(bracket.failing).holds;
         step *= 2) {
      bracket.holding = bracket.failing;
      bracket.failing = numbers_.beyond(bracket.failing, step);
      if (bracket.holding == bracket.failing) {
        without_bracket(Kind::everywhere, bracket.holding);
        return false;
      }
    }
    return true;
  }

  PlanPoint& point(std::int64_t number) {
    const auto known = points_.find(number);
    if (known != points_.end()) return known->second;
    return points_.emplace(number, probe(number, replications_, true)).first->second;
  }

  void simulate_neighbours() {
    static_cast<void>(point(answer_.number));
    if (answer_.kind == PlanAnswer::Kind::found) {
      const std::int64_t step =
          numbers_.whole() ? 1 : std::max<std::int64_t>(answer_.number / 20, 1);
      for (const std::int64_t by : {-step, step}) {
        const std::int64_t beside = numbers_.beyond(answer_.number, by);
        if (beside >= 0)
          static_cast<void>(point(numbers_.whole() ? beside : tidy(static_cast<double>(beside))));
      }
    }
  }

  PlanAnswer finished() {
    answer_.variant = variant_;
    answer_.largest = question_.largest;
    answer_.value = numbers_.text(answer_.number);
    answer_.low_value = numbers_.text(answer_.low);
    answer_.high_value = numbers_.text(answer_.high);
    for (auto& [number, seen] : points_) answer_.points.push_back(std::move(seen));
    answer_.probes = prober_.probes;
    answer_.replications = prober_.replications;
    const bool ends_there = answer_.low == last_ || answer_.high == last_;
    if (too_dear_ && ends_there) answer_.too_dear = numbers_.text(*too_dear_);
    return std::move(answer_);
  }

  const Variant& variant_;
  const PlanQuestion& question_;
  Prober prober_;
  Numbers numbers_;
  int replications_;
  std::map<std::int64_t, bool> few_;  ///< what few replications have said
  std::optional<std::int64_t> too_dear_;
  std::int64_t last_ = 0;                 ///< before that one
  std::optional<std::int64_t> compared_;  ///< whose rare counts others must differ from
  bool fits_ = true;                      ///< no curve has been tried in vain
  std::vector<Verdict> failed_;           ///< where the conditions failed last
  std::map<std::int64_t, PlanPoint> points_;
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
