#include "scenarios/statistics/student_t.hpp"

#include <cassert>
#include <cmath>

#include "sim/math.hpp"

namespace sixslots::scenarios {
namespace {

constexpr double pi = 3.14159265358979323846;

/// gamma(n/2 + 1/2) / gamma(n/2), by its recursion g(n + 1) = n / 2 / g(n).
double gamma_ratio(int n) {
  double ratio = 1.0 / std::sqrt(pi);
  for (int i = 1; i < n; ++i) ratio = i / 2.0 / ratio;
  return ratio;
}

/// The continued fraction of the incomplete beta function (Lentz's method).
double beta_fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300;
  const auto kept_off_zero = [](double v) { return std::abs(v) < tiny ? tiny : v; };
  double c = 1.0;
  double d = 1.0 / kept_off_zero(1.0 - (a + b) * x / (a + 1.0));
  double value = d;
  for (int m = 1; m < 1000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1.0 / kept_off_zero(1.0 + even * d);
    c = kept_off_zero(1.0 + even / c);
    value *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1.0 / kept_off_zero(1.0 + odd * d);
    c = kept_off_zero(1.0 + odd / c);
    value *= d * c;
    if (std::abs(d * c - 1.0) < 1e-15) break;
  }
  return value;
}

double density(double t, int degrees, double gammas) {
  const double n = degrees;
  return gammas / std::sqrt(n * pi) * sim::pow(1.0 + t * t / n, -(n + 1.0) / 2.0);
}

double tail_above(double t, int degrees, double gammas) {
  const double n = degrees;
  const double x = n / (n + t * t);
  const double y = t * t / (n + t * t);
  const double scale = gammas / std::sqrt(pi);  // 1 / beta(n/2, 1/2)
  const double front = scale * sim::pow(x, n / 2.0) * std::sqrt(y);
  if (x < (n / 2.0 + 1.0) / (n / 2.0 + 2.5)) {
    return 0.5 * front * beta_fraction(n / 2.0, 0.5, x) / (n / 2.0);
  }
  return 0.5 * (1.0 - front * beta_fraction(0.5, n / 2.0, y) / 0.5);
}

}  // namespace

double student_t_tail(double t, int degrees) {
  assert(t >= 0.0 && degrees >= 1);
  return tail_above(t, degrees, gamma_ratio(degrees));
}

double student_t(double confidence, int degrees) {
  assert(confidence >= 0.5 && confidence < 1.0);
  const double tail = (1.0 - confidence) / 2.0;
  const double gammas = gamma_ratio(degrees);  // as many steps as degrees: taken once
  // The tail falls ever less steeply: Newton's steps come from the left and do not pass its end.
  double t = 0.0;
  for (int i = 0; i < 100; ++i) {
    const double step = (tail_above(t, degrees, gammas) - tail) / density(t, degrees, gammas);
    t += step;
    if (step <= 1e-15 * t) break;
  }
  return t;
}

}  // namespace sixslots::scenarios
