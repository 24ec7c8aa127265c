#include "sim/distribution.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "sim/inversion.hpp"
#include "sim/math.hpp"

namespace sixslots::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nanoseconds_per_second = 1e9;

double nanoseconds(Duration d) { return static_cast<double>(d.count()); }

double squared(double x) { return x * x; }

DoubleDouble reciprocal(double x) { return DoubleDouble{1, 0} / DoubleDouble{x, 0}; }

/// -log(u).
DoubleDouble rarity(const DoubleDouble& u) { return -precise_log(u); }

/// Half up, at most half of what a Duration holds.
Duration rounded(double nanoseconds) {
  constexpr Duration longest = Duration::max() / 2;
  if (!(nanoseconds < static_cast<double>(longest.count()))) return longest;
  const auto whole = static_cast<Duration::rep>(nanoseconds);
  return Duration{nanoseconds - static_cast<double>(whole) < 0.5 ? whole : whole + 1};
}

}  // namespace

Distribution Distribution::constant(Duration value) {
  assert(value >= Duration::zero());
  return {Kind::constant, nanoseconds(value)};
}

Distribution Distribution::exponential(Duration mean) {
  assert(mean >= Duration::zero());
  return {Kind::exponential, nanoseconds(mean)};
}

Distribution Distribution::uniform(Duration low, Duration high) {
  assert(low >= Duration::zero() && high >= low);
  return {Kind::uniform, nanoseconds(low), nanoseconds(high)};
}

Distribution Distribution::lognormal_mean_scv(Duration mean, double scv) {
  assert(mean >= Duration::zero() && scv >= 0);
  const DoubleDouble sigma = sqrt(precise_log1p(scv));
  const DoubleDouble median = DoubleDouble{nanoseconds(mean), 0} / sqrt(two_sum(1, scv));
  const double rest = mean > Duration::zero() ? median.low / median.high : 0;
  return {Kind::lognormal, median.high, sigma.high, rest, sigma};
}

Distribution Distribution::lognormal_median_p95(Duration median, Duration p95) {
  assert(median > Duration::zero() && p95 >= median);
  const DoubleDouble ratio =
      DoubleDouble{nanoseconds(p95), 0} / DoubleDouble{nanoseconds(median), 0};
  const DoubleDouble sigma = precise_log(ratio) / precise_normal_quantile({0.95, 0});
  return {Kind::lognormal, nanoseconds(median), sigma.high, 0, sigma};
}

Distribution Distribution::pareto(double alpha, Duration minimum) {
  assert(alpha > 0 && minimum >= Duration::zero());
  return {Kind::pareto, nanoseconds(minimum), alpha, 0, reciprocal(alpha)};
}

Distribution Distribution::lomax(double alpha, Duration scale) {
  assert(alpha > 0 && scale >= Duration::zero());
  return {Kind::lomax, nanoseconds(scale), alpha, 0, reciprocal(alpha)};
}

Distribution Distribution::weibull(double shape, Duration scale) {
  assert(shape > 0 && scale >= Duration::zero());
  return {Kind::weibull, nanoseconds(scale), shape, 0, reciprocal(shape)};
}

Distribution Distribution::erlang(int phases, Duration mean) {
  assert(phases >= 1 && phases <= max_phases && mean >= Duration::zero());
  return {Kind::erlang, nanoseconds(mean), static_cast<double>(phases)};
}

Distribution Distribution::hyperexponential(double p1, Duration mean1, Duration mean2) {
  assert(p1 >= 0 && p1 <= 1 && mean1 > Duration::zero() && mean2 > Duration::zero());
  return {Kind::hyperexponential, nanoseconds(mean1), nanoseconds(mean2), p1};
}

double Distribution::nanoseconds_at(const DoubleDouble& u) const {
  assert(u.high > 0 && (u.high < 1 || u.low < 0));
  switch (kind_) {
    case Kind::constant:
      return first_;
    case Kind::exponential:
      return -first_ * log(u);
    case Kind::uniform:
      return first_ + (second_ - first_) * u.high;
    case Kind::lognormal:
      return first_ * exp(-(precise_normal_quantile(u) * exponent_) + third_);
    case Kind::pareto:
      return first_ * exp(rarity(u) * exponent_);
    case Kind::lomax:
      return first_ * expm1(rarity(u) * exponent_);
    case Kind::weibull:
      return first_ * exp(precise_log(rarity(u)) * exponent_);
    case Kind::erlang:
      return first_ / second_ * erlang_exceeded(static_cast<int>(second_), u);
    case Kind::hyperexponential:
      return hyperexponential_exceeded(third_, first_, second_, u);
  }
  return 0;
}

Duration Distribution::sample_at(const DoubleDouble& u) const { return rounded(nanoseconds_at(u)); }

void Distribution::sample(const NumberBatch& numbers, VariateBatch& variates) const {
  if (kind_ == Kind::exponential && first_ < longest_mean) {
    widest_arithmetic().exponential(first_, numbers, variates);
  } else {
    std::ranges::transform(numbers, variates.begin(), [this](std::uint64_t number) {
      return sample_at(RandomStream::exact(number));
    });
  }
}

Duration Distribution::quantile(double p) const {
  assert(p > 0 && p < 1);
  return sample_at(kind_ == Kind::uniform ? DoubleDouble{p, 0} : two_sum(1, -p));
}

double Distribution::mean() const {
  const double first = first_ / nanoseconds_per_second;
  const double second = second_ / nanoseconds_per_second;
  switch (kind_) {
    case Kind::constant:
    case Kind::exponential:
    case Kind::erlang:
      return first;
    case Kind::uniform:
      return (first + second) / 2;
    case Kind::lognormal:
      return first * exp(squared(second_) / 2);
    case Kind::pareto:
      return second_ > 1 ? first * second_ / (second_ - 1) : infinity;
    case Kind::lomax:
      return second_ > 1 ? first / (second_ - 1) : infinity;
    case Kind::weibull:
      return first * gamma(1 + 1 / second_);
    case Kind::hyperexponential:
      return third_ * first + (1 - third_) * second;
  }
  return 0;
}

double Distribution::scv() const {
  if (mean() == 0) return 0;
  switch (kind_) {
    case Kind::constant:
      return 0;
    case Kind::exponential:
      return 1;
    case Kind::uniform:
      return squared((second_ - first_) / (second_ + first_)) / 3;
    case Kind::lognormal:
      return expm1(squared(second_));
    case Kind::pareto:
      return second_ > 2 ? 1 / (second_ * (second_ - 2)) : infinity;
    case Kind::lomax:
      return second_ > 2 ? second_ / (second_ - 2) : infinity;
    case Kind::weibull:
      return gamma(1 + 2 / second_) / squared(gamma(1 + 1 / second_)) - 1;
    case Kind::erlang:
      return 1 / second_;
    case Kind::hyperexponential: {
      const double square = third_ * squared(first_) + (1 - third_) * squared(second_);
      return 2 * square / squared(third_ * first_ + (1 - third_) * second_) - 1;
    }
  }
  return 0;
}

std::array<double, 3> Distribution::parameters() const {
  const double first = first_ / nanoseconds_per_second;
  switch (kind_) {
    case Kind::uniform:
    case Kind::hyperexponential:
      return {first, second_ / nanoseconds_per_second, third_};
    default:
      return {first, second_, 0};
  }
}

}  // namespace sixslots::sim
