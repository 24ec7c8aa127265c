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

/// c[0] + c[1] x + c[2] x^2 + ..., the even and the odd powers side by side for speed.
template <std::size_t N>
constexpr double polynomial(double x, const double (&c)[N]) {
  const double square = x * x;
  double even = c[(N - 1) / 2 * 2];
  double odd = c[N / 2 * 2 - 1];
  for (std::size_t i = (N - 1) / 2 * 2; i >= 2; i -= 2) even = even * square + c[i - 2];
  for (std::size_t i = N / 2 * 2 - 1; i >= 2; i -= 2) odd = odd * square + c[i - 2];
  return even + x * odd;
}

}  // namespace sixslots::sim
