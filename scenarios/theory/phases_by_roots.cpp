#include <cmath>
#include <complex>
#include <vector>

#include "scenarios/theory/general_queues.hpp"

namespace sixslots::scenarios::theory {
namespace {

using Complex = std::complex<double>;
using Polynomial = std::vector<double>;  // coefficients, of the constant first

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  Polynomial product(a.size() + b.size() - 1, 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) product[i + j] += a[i] * b[j];
  }
  return product;
}

/// All roots at once (Durand 1960; Kerner 1966).
std::vector<Complex> roots_of(const Polynomial& polynomial) {
  const std::size_t degree = polynomial.size() - 1;
  const double scale =
      std::pow(std::abs(polynomial.front() / polynomial.back()), 1.0 / static_cast<double>(degree));
  std::vector<Complex> roots;
  for (std::size_t i = 0; i < degree; ++i) {
    roots.push_back(scale * std::pow(Complex(0.4, 0.9), static_cast<double>(i)));
  }
  constexpr int rounds = 500;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < degree; ++i) {
      Complex value = 0.0;
      for (std::size_t k = polynomial.size(); k-- > 0;) value = value * roots[i] + polynomial[k];
      value /= polynomial.back();
      for (std::size_t j = 0; j < degree; ++j) {
        if (j != i) value /= roots[i] - roots[j];
      }
      roots[i] -= value;
    }
  }
  return roots;
}

/// A law's transform as a fraction of polynomials in s, and the rates of its phases.
struct Fraction {
  Polynomial above, below;
  std::vector<double> rates;
};

Fraction fraction_of(const sim::Distribution& law) {
  const TwoPhases phases = two_phases(law);
  const double a = phases.rate1;
  const double b = phases.rate2;

  const double at_once = phases.first * a * (1.0 - phases.goes_on) + (1.0 - phases.first) * b;
  return {{a * b, at_once}, Polynomial{a, 1.0} * Polynomial{b, 1.0}, {a, b}};
}

Polynomial mirrored(Polynomial polynomial) {
  for (std::size_t i = 1; i < polynomial.size(); i += 2) polynomial[i] = -polynomial[i];
  return polynomial;
}

}  // namespace

// Where A(-s) B(s) = 1, left of zero, the wait's transform has its poles; its zeros are the rates.
double phases_wait(const sim::Distribution& gap, const sim::Distribution& service) {
  const Fraction a = fraction_of(gap);
  const Fraction b = fraction_of(service);
  Polynomial all = mirrored(a.below) * b.below;
  const Polynomial product = mirrored(a.above) * b.above;
  for (std::size_t i = 0; i < product.size(); ++i) all[i] -= product[i];
  all.erase(all.begin());  // the root at zero
  double wait = 0.0;
  for (const Complex& root : roots_of(all)) {
    if (root.real() < 0.0) wait -= (1.0 / root).real();
  }
  for (const double rate : b.rates) wait -= 1.0 / rate;
  return wait;
}

}  // namespace sixslots::scenarios::theory
