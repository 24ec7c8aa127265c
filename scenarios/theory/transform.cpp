#include "scenarios/theory/transform.hpp"

#include <cmath>

namespace sixslots::scenarios::theory {
namespace {

using Complex = std::complex<double>;

constexpr double pi = 3.14159265358979323846;

/// e^z E_v(z), the exponential integral of order v, by its continued fraction (Abramowitz and
/// Stegun 5.1.22; Lentz's method). z off the negative real axis.
Complex scaled_exponential_integral(double v, Complex z) {
  Complex b = z + v;
  Complex c = 1e300;
  Complex d = 1.0 / b;
  Complex value = d;
  for (int i = 1; i < 200'000; ++i) {
    const double a = -i * (v + i - 1.0);
    b += 2.0;
    d = 1.0 / (a * d + b);
    c = b + a / c;
    value *= c * d;
    if (std::abs(c * d - 1.0) < 1e-16) break;
  }
  return value;
}

}  // namespace

Transform transform_of(const sim::Distribution& law) {
  const auto [first, second, third] = law.parameters();
  using Kind = sim::Distribution::Kind;
  switch (law.kind()) {
    case Kind::constant:
      return [value = first](Complex s) { return std::exp(-s * value); };
    case Kind::exponential:
      return [mean = first](Complex s) { return 1.0 / (1.0 + s * mean); };
    case Kind::erlang:
      return [mean = first, phases = second](Complex s) {
        return std::pow(1.0 + s * mean / phases, -phases);
      };
    case Kind::hyperexponential:
      return [=, mean1 = first, mean2 = second, p1 = third](Complex s) {
        return p1 / (1.0 + s * mean1) + (1.0 - p1) / (1.0 + s * mean2);
      };
    case Kind::lomax:
      return [scale = first, alpha = second](Complex s) {
        return alpha * scaled_exponential_integral(alpha + 1.0, s * scale);
      };
    default:
      return {};
  }
}

double inverse_transform(const Transform& transform, double t) {
  constexpr int points = 20;
  const double r = 2.0 * points / (5.0 * t);
  double sum = 0.5 * std::exp(r * t) * transform(Complex(r, 0.0)).real();
  for (int k = 1; k < points; ++k) {
    const double angle = k * pi / points;
    const double cotangent = std::cos(angle) / std::sin(angle);
    const Complex s(r * angle * cotangent, r * angle);
    if (s.real() * t < -45.0) break;  // adds nothing
    const Complex slope(1.0, angle + (angle * cotangent - 1.0) * cotangent);
    sum += (std::exp(s * t) * transform(s) * slope).real();
  }
  return sum * r / points;
}

}  // namespace sixslots::scenarios::theory
