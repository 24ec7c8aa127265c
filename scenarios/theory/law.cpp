#include "scenarios/theory/law.hpp"

#include <cmath>
#include <utility>

namespace sixslots::scenarios::theory {
namespace {

/// The sum of values[k] P(N = k) of a Poisson law. Terms by logarithms: e^-mean alone is 0 for
/// large means.
double poisson_average(const std::vector<double>& values, double mean) {
  if (mean <= 0.0) return values.empty() ? 0.0 : values.front();
  double sum = 0.0;
  double log_term = -mean;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (k > 0) log_term += std::log(mean / static_cast<double>(k));
    sum += values[k] * std::exp(log_term);
  }
  return sum;
}

}  // namespace

double Law::quantile(double p) const {
  const double above = 1.0 - p;
  if (tail(0.0) <= above) return 0.0;
  double low = 0.0;
  double high = 1e-9;
  while (tail(high) > above) high *= 2.0;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2.0;
    if (middle <= low || middle >= high) break;
    (tail(middle) > above ? low : high) = middle;
  }
  return (low + high) / 2.0;
}

Law exponential_if(double busy, double rate) {
  return {busy / rate, std::sqrt(busy * (2.0 - busy)) / rate,
          [=](double t) { return busy * std::exp(-rate * t); }};
}

Law until_event(double mean, double deviation, std::vector<double> lasts, double rate) {
  return {mean, deviation,
          [lasts = std::move(lasts), rate](double t) { return poisson_average(lasts, rate * t); }};
}

Law departures_ahead(const std::vector<double>& weights, double rate) {
  double mean = 0.0;
  double square = 0.0;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    const auto ahead = static_cast<double>(j + 1);
    mean += weights[j] * ahead / rate;
    square += weights[j] * ahead * (ahead + 1.0) / (rate * rate);
  }
  std::vector<double> lasts = weights;  // beyond k departures lasts who has to see more
  for (std::size_t k = lasts.size(); k-- > 1;) lasts[k - 1] += lasts[k];
  return until_event(mean, std::sqrt(square - mean * mean), std::move(lasts), rate);
}

}  // namespace sixslots::scenarios::theory
