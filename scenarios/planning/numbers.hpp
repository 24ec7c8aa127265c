#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "scenarios/planning/plan.hpp"

namespace sixslots::scenarios {

/// Two numbers: the conditions hold at one and fail at the other.
struct Bracket {
  std::int64_t holding = 0;
  std::int64_t failing = 0;
  [[nodiscard]] std::int64_t low() const { return std::min(holding, failing); }
  [[nodiscard]] std::int64_t high() const { return std::max(holding, failing); }
  [[nodiscard]] bool within(double factor) const {
    return static_cast<double>(high()) <= factor * static_cast<double>(low());
  }
};

/// The number with four significant digits, which are more than any answer has.
std::int64_t tidy(double number);

/// The numbers of a key among which an answer is sought.
class Numbers {
 public:
  Numbers(const PlanQuestion& question, const Scenario& scenario);

  [[nodiscard]] bool whole() const { return whole_; }  ///< they count something
  [[nodiscard]] std::int64_t lowest() const { return lowest_; }
  [[nodiscard]] std::int64_t highest() const { return highest_; }
  [[nodiscard]] std::int64_t start() const { return start_; }  ///< the scenario's own
  [[nodiscard]] std::int64_t easiest() const { return largest_ ? lowest_ : highest_; }
  [[nodiscard]] std::int64_t hardest() const { return largest_ ? highest_ : lowest_; }

  /// None beyond this one, on its side of the start, is looked at.
  void end_at(std::int64_t number) { (number < start_ ? lowest_ : highest_) = number; }

  [[nodiscard]] std::int64_t clamped(std::int64_t number) const {
    return std::clamp(number, lowest_, highest_);
  }
  /// As a scenario file has it.
  [[nodiscard]] std::string text(std::int64_t number) const { return print_(number); }
  /// Between the two: of numbers that are far apart the geometric mean.
  [[nodiscard]] std::int64_t middle(const Bracket& bracket) const;
  /// So far to the harder ones, as far as there are any; a negative step goes to the easier ones.
  [[nodiscard]] std::int64_t beyond(std::int64_t number, std::int64_t step) const;
  /// Of a root that was fitted: a whole number errs towards what holds.
  [[nodiscard]] std::int64_t rounded(double root) const;

 private:
  bool largest_;
  bool whole_ = false;
  std::string (*print_)(std::int64_t) = nullptr;
  std::int64_t lowest_ = 0;
  std::int64_t highest_ = 0;
  std::int64_t start_ = 0;
};

}  // namespace sixslots::scenarios
