#include "sim/math.hpp"

#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/logarithm.hpp"

// The reductions are those of fdlibm (Sun Microsystems, 1993); the polynomials were fitted for
// these ranges in 300-bit arithmetic, to less than 2^-58 of the result.

namespace sixslots::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Of x > 0 and finite.
Scaled<double> reduce_any(double x) {
  constexpr double smallest_normal = std::numeric_limits<double>::min();
  if (x >= smallest_normal) return reduce<std::uint64_t>(x);
  Scaled<double> scaled = reduce<std::uint64_t>(x * 0x1p54);
  scaled.exponent -= 54;
  return scaled;
}

/// 2^exponent, for normal results.
double power_of_two(int exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

/// e^x = 2^exponent (1 + high + low).
struct Expansion {
  int exponent;
  double high;
  double low;
};

Expansion expand(const DoubleDouble& x) {
  constexpr double to_integer = 0x1.8p52;  // adding it leaves no room for a fraction
  const double exponent = (x.high * 1.4426950408889634 + to_integer) - to_integer;
  const DoubleDouble rest = two_sum(x.high - exponent * ln2_high, x.low - exponent * ln2_low);
  constexpr double series[] = {0.5000000000000013,   0.1666666666666669,     0.041666666666514265,
                               0.00833333333331207,  0.0013888888947295398,  0.00019841269907413807,
                               2.48014896763343e-05, 2.7557224804734516e-06, 2.763136711507304e-07,
                               2.511527194107427e-08};
  const double square = rest.high * rest.high;
  const double low = square * polynomial(rest.high, series) + rest.low * (1 + rest.high);
  return {static_cast<int>(exponent), rest.high, low};
}

}  // namespace

DoubleDouble sqrt(const DoubleDouble& x) {
  if (x.high == 0) return {};
  const double root = std::sqrt(x.high);
  const DoubleDouble square = two_product(root, root);
  return two_sum(root, ((x.high - square.high) - square.low + x.low) / (2 * root));
}

double log(double x) {
  assert(!(x < 0));
  if (!(x > 0 && x < infinity)) return x == 0 ? -infinity : x;
  return log_of(reduce_any(x));
}

DoubleDouble precise_log(const DoubleDouble& x) {
  assert(x.high > 0 && x.high < infinity);
  const auto [exponent, f] = reduce_any(x.high);
  const DoubleDouble s = DoubleDouble{f, 0} / two_sum(2, f);
  const DoubleDouble square = s * s;
  const DoubleDouble cubic = s * square * DoubleDouble{2.0 / 3, 0x1.5555555555555p-55};
  constexpr double series[] = {0.40000000000002267, 0.2857142857009479, 0.222222225206774,
                               0.18181784307063587, 0.1538675989110506, 0.13256762002999728,
                               0.13196816099349024};
  const double rest = s.high * square.high * square.high * polynomial(square.high, series);
  const DoubleDouble leading = two_sum(exponent * ln2_high, 2 * s.high);
  const DoubleDouble sum = two_sum(leading.high, cubic.high);
  const double low = rest + exponent * ln2_low + 2 * s.low + cubic.low + leading.low + sum.low;
  return two_sum(sum.high, low + x.low / x.high);
}

DoubleDouble precise_log1p(double x) { return precise_log(two_sum(1, x)); }

double log1p(double x) { return precise_log1p(x).high; }

double exp(double x) { return exp(DoubleDouble{x, 0}); }

double exp(const DoubleDouble& x) {
  if (!(x.high < 710)) return x.high > 0 ? infinity : x.high;
  if (x.high < -746) return 0;
  const Expansion e = expand(x);
  const double sum = 1 + e.high;
  const double mantissa = sum + (((1 - sum) + e.high) + e.low);
  if (e.exponent >= -1021 && e.exponent <= 1023) return mantissa * power_of_two(e.exponent);
  const int half = e.exponent / 2;
  return mantissa * power_of_two(half) * power_of_two(e.exponent - half);
}

double expm1(double x) { return expm1(DoubleDouble{x, 0}); }

double expm1(const DoubleDouble& x) {
  if (!(x.high < 40)) return exp(x) - 1;
  if (x.high < -40) return -1;
  const Expansion e = expand(x);
  const double power = power_of_two(e.exponent);
  const DoubleDouble sum = two_sum(power - 1, power * e.high);
  return sum.high + (sum.low + power * e.low);
}

double pow(double base, double exponent) {
  const DoubleDouble logarithm = precise_log({base, 0});
  const double estimate = logarithm.high * exponent;
  if (!(estimate > -800 && estimate < 800)) return exp(estimate);
  return exp(logarithm * DoubleDouble{exponent, 0});
}

double gamma(double x) {
  assert(x >= 1);
  double product = 1;
  double steps = 0;
  for (; x + steps < 12; steps += 1) product *= x + steps;
  const DoubleDouble y = two_sum(x, steps);
  // Stirling's series (Abramowitz and Stegun 6.1.40).
  constexpr double series[] = {1.0 / 12,   -1.0 / 360,       1.0 / 1260, -1.0 / 1680,
                               1.0 / 1188, -691.0 / 360360., 1.0 / 156};
  const double correction = polynomial(1 / (y.high * y.high), series) / y.high;
  const DoubleDouble exponent = precise_log(y) * (y + -0.5) + -y.high + (correction - y.low);
  return exp(exponent) * 2.5066282746310007 / product;
}

}  // namespace sixslots::sim
