#pragma once

#include <bit>
#include <cstdint>

#include "sim/double_double.hpp"

namespace sixslots::sim {

// The natural logarithm of a double, or of several in lanes, in its two steps: fdlibm's reduction
// (Sun Microsystems, 1993), and a polynomial fitted for it in 300-bit arithmetic, to less than
// 2^-58 of the result.

inline constexpr double ln2_high = 0x1.62e42fefa2p-1;  // 40 bits: multiples by exponents are exact
inline constexpr double ln2_low = 0x1.9ef35793c7673p-41;

/// 2^exponent (1 + fraction), with 1 + fraction between sqrt(1/2) and sqrt(2).
template <class Real>
struct Scaled {
  Real exponent;
  Real fraction;
};

/// Of a normal x > 0.
template <class Word, class Real>
constexpr Scaled<Real> reduce(Real x) {
  constexpr std::uint64_t sqrt_half = 0x3fe6a09e667f3bcd;
  constexpr std::uint64_t bias = 1024;  // so that the shifted number is not negative
  constexpr double carrier = 0x1p52;    // the bits of carrier + n, n < 2^52, end with those of n
  const Word bits = std::bit_cast<Word>(x);
  const Word exponent = (bits + ((bias << 52) - sqrt_half)) >> 52;
  const Real mantissa = std::bit_cast<Real>(bits - ((exponent - bias) << 52));
  const Real carried = std::bit_cast<Real>(exponent | std::bit_cast<std::uint64_t>(carrier));
  return {carried - (carrier + double{bias}), mantissa - 1.0};
}

template <class Real>
constexpr Real log_of(const Scaled<Real>& x) {
  const auto [exponent, f] = x;
  const Real s = f / (2.0 + f);
  const Real square = s * s;
  constexpr double series[] = {0.6666666666666735,  0.3999999999941344,  0.2857142874263554,
                               0.22222198549382718, 0.18183565512898728, 0.153140209477079,
                               0.14796241658105047};
  const Real half_square = 0.5 * f * f;
  const Real rest = s * (half_square + square * polynomial(square, series));
  return exponent * ln2_high - ((half_square - (rest + exponent * ln2_low)) - f);
}

}  // namespace sixslots::sim
