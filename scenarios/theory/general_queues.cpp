#include "scenarios/theory/general_queues.hpp"

#include <cmath>
#include <complex>
#include <limits>
#include <vector>

namespace sixslots::scenarios::theory {
namespace {

using Complex = std::complex<double>;
using Kind = sim::Distribution::Kind;

constexpr double pi = 3.14159265358979323846;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// The k-th moment of a law with a power tail of exponent alpha, where `value` is what it would be.
double moment_if(double alpha, int k, double value) { return alpha > k ? value : infinite; }

}  // namespace

double third_moment(const sim::Distribution& service) {
  const auto [first, second, third] = service.parameters();
  const double mean = service.mean();
  const double cube = mean * mean * mean;
  switch (service.kind()) {
    case Kind::constant:
      return cube;
    case Kind::exponential:
      return 6.0 * cube;
    case Kind::uniform:
      return (first * first + second * second) * (first + second) / 4.0;
    case Kind::lognormal:
      return cube * std::pow(1.0 + service.scv(), 3.0);
    case Kind::pareto:
      return moment_if(second, 3, second * std::pow(first, 3.0) / (second - 3.0));
    case Kind::lomax:
      return moment_if(
          second, 3,
          6.0 * std::pow(first, 3.0) / ((second - 1.0) * (second - 2.0) * (second - 3.0)));
    case Kind::weibull:
      return std::pow(first, 3.0) * std::tgamma(1.0 + 3.0 / second);
    case Kind::erlang:
      return cube * (second + 1.0) * (second + 2.0) / (second * second);
    case Kind::hyperexponential:
      return 6.0 * (third * std::pow(first, 3.0) + (1.0 - third) * std::pow(second, 3.0));
  }
  return infinite;
}

Law mg1_wait(double lambda, const sim::Distribution& service) {
  const double mean = service.mean();
  const double load = lambda * mean;
  Law wait;
  if (service.kind() == Kind::constant) wait = mdc_wait(lambda, mean, 1);
  wait.mean = lambda * mean * mean * (1.0 + service.scv()) / (2.0 * (1.0 - load));
  wait.deviation =
      std::sqrt(wait.mean * wait.mean + lambda * third_moment(service) / (3.0 * (1.0 - load)));
  const Transform law = transform_of(service);
  if (law && !wait.tail) {
    wait.tail = [=](double t) {
      if (t <= 0.0) return load;
      const auto tail = [&](Complex s) {
        return (1.0 - (1.0 - load) * s / (s - lambda * (1.0 - law(s)))) / s;
      };
      return inverse_transform(tail, t);
    };
  }
  return wait;
}

namespace {

/// The law of the number in an M/D/c, P(N = n), from its generating function on the unit circle.
std::vector<double> mdc_states(double load, int c) {
  std::vector<Complex> roots;  // inside the circle, of z^c = e^(load (z - 1)), but 1
  for (int k = 1; k < c; ++k) {
    const Complex turn = std::polar(1.0, 2.0 * pi * k / c);
    Complex z = 0.0;
    for (int i = 0; i < 100'000; ++i) {
      const Complex next = turn * std::exp(load / c * (z - 1.0));
      const bool settled = std::abs(next - z) < 1e-16;
      z = next;
      if (settled) break;
    }
    roots.push_back(z);
  }
  const auto generating = [&](Complex z) {
    Complex value = (c - load) * (1.0 - z) / (1.0 - std::pow(z, c) * std::exp(load * (1.0 - z)));
    for (const Complex root : roots) value *= (z - root) / (1.0 - root);
    return value;
  };
  // Its radius of convergence is above 1, so that 2048 points are exact for any load below 0.99.
  constexpr int points = 2048;
  std::vector<double> p(points / 2, 0.0);
  for (int k = 0; k < points; ++k) {
    const double angle = pi * (2 * k + 1) / points;  // 1 itself, where it is 0 / 0, is left out
    const Complex step = std::polar(1.0, -angle);
    Complex term = generating(std::polar(1.0, angle)) / static_cast<double>(points);
    for (double& one : p) {
      one += term.real();
      term *= step;
    }
  }
  return p;
}

}  // namespace

Law mdc_wait(double lambda, double duration, int c) {
  const std::vector<double> p = mdc_states(lambda * duration, c);
  std::vector<double> queue;  // P(at most n wait)
  double below = 0.0;
  double length = 0.0;
  for (std::size_t n = 0; n < p.size(); ++n) {
    below += p[n];
    if (n < static_cast<std::size_t>(c)) continue;
    queue.push_back(below);
    length += p[n] * static_cast<double>(n - static_cast<std::size_t>(c));
  }
  Law wait;
  wait.mean = length / lambda;
  // Franx: P(W <= t) is the chance that those who wait, less the arrivals in what is left of the
  // service under way, fit into whole services.
  wait.tail = [=](double t) {
    const auto whole = static_cast<std::size_t>(std::floor(t / duration)) + 1;
    const std::size_t places = whole * static_cast<std::size_t>(c);
    if (places > queue.size()) return 0.0;
    const double rest = lambda * (static_cast<double>(whole) * duration - t);
    double sum = 0.0;
    double term = std::exp(-rest);
    for (std::size_t j = 0; j < places; ++j) {
      sum += queue[places - 1 - j] * term;
      term *= rest / static_cast<double>(j + 1);
    }
    return 1.0 - sum;
  };
  return wait;
}

Law gimc_wait(const Transform& gap, double mu, int c) {
  const auto at = [&](double s) { return gap(Complex(s, 0.0)).real(); };
  double root = 0.0;
  for (int i = 0; i < 100'000; ++i) {
    const double next = at(c * mu * (1.0 - root));
    if (next == root) break;
    root = next;
  }
  double sum = 1.0 / (1.0 - root);
  double product = 1.0;
  double choose = 1.0;
  for (int j = 1; j <= c; ++j) {
    const double a = at(j * mu);
    product *= a / (1.0 - a);
    choose *= static_cast<double>(c - j + 1) / j;
    sum += choose / (product * (1.0 - a)) * (c * (1.0 - a) - j) / (c * (1.0 - root) - j);
  }
  return exponential_if(1.0 / sum / (1.0 - root), c * mu * (1.0 - root));
}

double set_up_wait(double lambda, const sim::Distribution& service,
                   const sim::Distribution& set_up) {
  const double mean = set_up.mean();
  const double square = mean * mean * (1.0 + set_up.scv());
  return mg1_wait(lambda, service).mean +
         (2.0 * mean + lambda * square) / (2.0 * (1.0 + lambda * mean));
}

double shared_server_time(double alone, double load) { return alone / (1.0 - load); }

}  // namespace sixslots::scenarios::theory
