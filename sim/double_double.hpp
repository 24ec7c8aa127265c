#pragma once

#include <cstddef>

namespace sixslots::sim {

/// The unevaluated sum of two doubles, the second at most half a last place of the first: about 106
/// bits, for what must survive between two functions. The arithmetic is Dekker's (Numerische
/// Mathematik 18, 1971).
struct DoubleDouble {
  double high = 0;
  double low = 0;
  friend bool operator==(const DoubleDouble&, const DoubleDouble&) = default;
};

/// a + b, exactly.
constexpr DoubleDouble two_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// a * b, exactly, while nothing leaves the range of doubles.
constexpr DoubleDouble two_product(double a, double b) {
  constexpr double split = 0x1p27 + 1;
  const double a_high = split * a - (split * a - a);
  const double b_high = split * b - (split * b - b);
  const double a_low = a - a_high;
  const double b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

constexpr DoubleDouble operator+(const DoubleDouble& a, double b) {
  const DoubleDouble sum = two_sum(a.high, b);
  return two_sum(sum.high, sum.low + a.low);
}

constexpr DoubleDouble operator*(const DoubleDouble& a, const DoubleDouble& b) {
  const DoubleDouble product = two_product(a.high, b.high);
  return two_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

constexpr DoubleDouble operator/(const DoubleDouble& a, const DoubleDouble& b) {
  const double ratio = a.high / b.high;
  const DoubleDouble product = two_product(ratio, b.high);
  const double rest = ((a.high - product.high) - product.low) + (a.low - ratio * b.low);
  return two_sum(ratio, rest / b.high);
}

constexpr DoubleDouble operator-(const DoubleDouble& a) { return {-a.high, -a.low}; }

DoubleDouble sqrt(const DoubleDouble& x);

/// c[First] + c[First + 2] x + c[First + 4] x^2 + ..., recursive so that every compiler unrolls it.
template <std::size_t First, class Real, std::size_t N>
constexpr Real every_second(Real x, const double (&c)[N]) {
  if constexpr (First + 2 < N) {
    return every_second<First + 2>(x, c) * x + c[First];
  } else {
    return Real{} + c[First];
  }
}

/// c[0] + c[1] x + c[2] x^2 + ..., the even and the odd powers side by side for speed; for one x or
/// for several in lanes.
template <class Real, std::size_t N>
constexpr Real polynomial(Real x, const double (&c)[N]) {
  return every_second<0>(x * x, c) + x * every_second<1>(x * x, c);
}

}  // namespace sixslots::sim
