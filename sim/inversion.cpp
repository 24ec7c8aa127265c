#include "sim/inversion.hpp"

#include <algorithm>

#include "sim/math.hpp"

// Newton's method on the logarithm of a probability that is concave or convex in the unknown, from
// the side where every step stops short of the root. A step below `close` relatively is the last:
// the error after it is its square.

namespace sixslots::sim {
namespace {

constexpr double close = 1e-9;
constexpr int most_steps = 60;

double magnitude(double x) { return x < 0 ? -x : x; }

/// Upper half: log P(X > y) = log(sum) - y, with sum of y^i / i! over i < phases.
double erlang_upper(int phases, const DoubleDouble& u) {
  const double log_u = log(u);
  double y = phases;
  for (int step = 0; step < most_steps; ++step) {
    double term = 1;
    double sum = 1;
    for (int i = 1; i < phases; ++i) sum += term *= y / i;
    const double change = (log(sum) - y - log_u) * (sum / term);
    y += change;
    if (magnitude(change) <= close * y) break;
  }
  return y;
}

/// Lower half: P(X <= y) = e^-y y^n / n! times the sum of y^i n! / (n + i)!, solved for log y.
double erlang_lower(int phases, const DoubleDouble& u) {
  double factorial = 1;
  for (int i = 2; i <= phases; ++i) factorial *= i;
  const double target = log((1 - u.high) - u.low) + log(factorial);
  double log_y = target / phases;
  for (int step = 0; step < most_steps; ++step) {
    const double y = exp(log_y);
    double term = 1;
    double sum = 1;
    for (int i = 1; term > sum * 0x1p-55; ++i) sum += term *= y / (phases + i);
    const double change = (target - phases * log_y + y - log(sum)) * sum / phases;
    log_y += change;
    if (magnitude(change) <= close) break;
  }
  return exp(log_y);
}

}  // namespace

double erlang_exceeded(int phases, const DoubleDouble& u) {
  return u.high < 0.5 ? erlang_upper(phases, u) : erlang_lower(phases, u);
}

double hyperexponential_exceeded(double p1, double mean1, double mean2, const DoubleDouble& u) {
  const double p2 = 1 - p1;
  double x = -log(u) / (p1 / mean1 + p2 / mean2);
  x = std::max({x, mean1 * log(p1 / u.high), mean2 * log(p2 / u.high)});
  for (int step = 0; step < most_steps; ++step) {
    const double first = p1 * exp(-x / mean1);
    const double second = p2 * exp(-x / mean2);
    const double sum = first + second;
    const double change = log(sum / u.high) * sum / (first / mean1 + second / mean2);
    x += change;
    if (magnitude(change) <= close * (x + std::min(mean1, mean2))) break;
  }
  return x;
}

}  // namespace sixslots::sim
