#include "scenarios/planning/curve.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/planning/prober.hpp"

namespace sixslots::scenarios {
namespace {

constexpr double near = 1.15;         // ends of what a curve is fitted through
constexpr std::int64_t many = 50;     // counts from which on a curve says more than neighbours
constexpr double fitted_half = 0.08;  // of the middle: five numbers from -8 % to +8 %

}  // namespace

bool Curve::can_fit(const Bracket& bracket) const {
  const auto fails_roughly = [](const Verdict& v) { return !v.holds && !is_smooth(v); };
  if (std::ranges::any_of(tried_.failed(), fails_roughly)) return false;
  return !numbers_.whole() || bracket.low() >= many;
}

bool Curve::is_near(const Bracket& bracket) const {
  return can_fit(bracket) && bracket.within(near);
}

std::optional<Crossing> Curve::fit(const Bracket& bracket) {
  if (!can_fit(bracket)) return std::nullopt;
  Window window = about(bracket);
  bool widened = false;
  constexpr int most_attempts = 8;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const std::vector<PlanPoint> loads = loads_in(window);
    std::optional<Crossing> found = first_crossing(loads, tried_.failed(), largest_);
    const bool known = found && found->interval;
    if (!known && is_a_step(loads)) return std::nullopt;
    if (found && !found->fits() && widened) return std::nullopt;
    if (!known || !found->steep()) {
      // As wide as makes it steep, and some more: the slope grows with the window.
      const double times = known ? std::clamp(3.0 * found->flatness, 1.5, 8.0) : 2.0;
      if (!widen(window, times)) return std::nullopt;
      widened = true;
      continue;
    }
    const bool inside = std::abs(found->x - window.centre) <= 1.25 * window.half;
    if (inside && found->fits()) return found;
    window.centre =
        std::clamp(found->x, window.centre - 2.0 * window.half, window.centre + 2.0 * window.half);
    // Such as near saturation: a shorter piece is straighter.
    if (!found->fits()) window.half /= 2.0;
  }
  return std::nullopt;
}

Curve::Window Curve::about(const Bracket& bracket) {
  const auto low = static_cast<double>(bracket.low());
  const auto high = static_cast<double>(bracket.high());
  const double centre = (low + high) / 2.0;
  return {centre, std::max((high - low) / 2.0, fitted_half * centre)};
}

/// So many times as wide, inside what the key takes. False: it is that wide already.
bool Curve::widen(Window& window, double times) const {
  const auto low = static_cast<double>(numbers_.lowest());
  const auto high = static_cast<double>(numbers_.highest());
  const double half = std::min(times * window.half, (high - low) / 2.0);
  if (half <= window.half) return false;
  window = {std::clamp(window.centre, low + half, high - half), half};
  return true;
}

std::vector<PlanPoint> Curve::loads_in(const Window& window) {
  std::vector<PlanPoint> loads;
  for (std::size_t i = 0; i < fitted_points; ++i) {
    const double x = window.centre + window.half * (static_cast<double>(i) / 2.0 - 1.0);
    const std::int64_t number = numbers_.clamped(tidy(x));
    if (!loads.empty() && loads.back().number == number) continue;
    loads.push_back(tried_.on_curve(number));
  }
  return loads;
}

}  // namespace sixslots::scenarios
