#include "scenarios/planning/numbers.hpp"

#include <cmath>
#include <optional>

#include "scenarios/scale.hpp"

namespace sixslots::scenarios {

std::int64_t tidy(double number) {
  double unit = 1.0;
  while (std::abs(number) / unit >= 10'000.0) unit *= 10.0;
  return static_cast<std::int64_t>(std::floor(number / unit + 0.5) * unit);
}

Numbers::Numbers(const PlanQuestion& question, const Scenario& scenario)
    : largest_(question.largest) {
  const Address address = locate(question.key, scenario, {});
  const Scale& scale = *scale_of(*address.key);
  whole_ = scale.whole;
  print_ = scale.print;
  lowest_ = question.range ? question.range->first : address.key->range.low;
  highest_ = question.range ? question.range->second : address.key->range.high;
  // A number that the key does not take stands for one that is not set, as "every" of arrivals at
  // random; its lowest, a nanosecond, would be no place to begin.
  const std::optional<std::int64_t> own = number_of(address, scenario);
  const bool is_set = own && address.key->range.low <= *own && *own <= address.key->range.high;
  start_ = clamped(is_set ? *own : scale.usual);
}

std::int64_t Numbers::middle(const Bracket& bracket) const {
  const auto low = static_cast<double>(bracket.low());
  const auto high = static_cast<double>(bracket.high());
  const double between =
      bracket.low() > 0 && !bracket.within(2.0) ? std::sqrt(low * high) : (low + high) / 2.0;
  const std::int64_t tidied = tidy(between);
  if (!whole_ && bracket.low() < tidied && tidied < bracket.high()) return tidied;
  return std::clamp(static_cast<std::int64_t>(between), bracket.low() + 1, bracket.high() - 1);
}

std::int64_t Numbers::beyond(std::int64_t number, std::int64_t step) const {
  const std::int64_t by = largest_ ? step : -step;
  if (by > highest_ - number) return highest_;
  return std::max(number + by, lowest_);
}

std::int64_t Numbers::rounded(double root) const {
  if (!whole_) return tidy(root);
  return static_cast<std::int64_t>(largest_ ? std::floor(root) : std::ceil(root));
}

}  // namespace sixslots::scenarios
