#pragma once

#include "sim/double_double.hpp"

namespace sixslots::sim {

// Functions that a C library rounds in its own way, here made of + - * / and sqrt alone: the same
// bits wherever doubles are IEEE 754 and products are not fused. The precise ones carry about 63
// bits on.

/// Natural logarithm, x >= 0.
double log(double x);
inline double log(const DoubleDouble& x) { return log(x.high) + x.low / x.high; }
/// x > 0.
DoubleDouble precise_log(const DoubleDouble& x);

/// log(1 + x), x > -1.
double log1p(double x);
DoubleDouble precise_log1p(double x);

double exp(double x);
double exp(const DoubleDouble& x);

/// exp(x) - 1.
double expm1(double x);
double expm1(const DoubleDouble& x);

/// base > 0.
double pow(double base, double exponent);

/// What a standard normal variate stays below with probability p, where p and 1 - p are at least
/// 2^-54, the smallest number of a RandomStream.
double normal_quantile(double p);
DoubleDouble precise_normal_quantile(const DoubleDouble& p);

/// Euler's gamma function, x >= 1.
double gamma(double x);

}  // namespace sixslots::sim
