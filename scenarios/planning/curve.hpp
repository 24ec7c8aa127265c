#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "scenarios/planning/loads.hpp"
#include "scenarios/planning/numbers.hpp"
#include "scenarios/planning/tried.hpp"

namespace sixslots::scenarios {

/// The numbers that a curve is fitted through.
inline constexpr std::size_t fitted_points = 5;

/// Where a curve through several numbers meets the limit of what fails.
class Curve {
 public:
  Curve(const Numbers& numbers, Tried& tried, bool largest)
      : numbers_(numbers), tried_(tried), largest_(largest) {}

  /// What fails has a distance to its limit, and the numbers lie close enough for a curve.
  [[nodiscard]] bool can_fit(const Bracket& bracket) const;
  /// And the bracket is no wider than what a curve is fitted through.
  [[nodiscard]] bool is_near(const Bracket& bracket) const;

  /// Fits where the failing conditions meet their limits, and takes the first of those numbers. A
  /// curve that is flat for its luck tells nothing: then a wider piece is looked at.
  std::optional<Crossing> fit(const Bracket& bracket);

 private:
  /// Where a curve is looked for.
  struct Window {
    double centre = 0.0;
    double half = 0.0;
  };

  [[nodiscard]] static Window about(const Bracket& bracket);
  [[nodiscard]] bool widen(Window& window, double times) const;
  std::vector<PlanPoint> loads_in(const Window& window);

  const Numbers& numbers_;
  Tried& tried_;
  bool largest_;
};

}  // namespace sixslots::scenarios
