#pragma once

#include <functional>
#include <limits>
#include <vector>

namespace sixslots::scenarios::theory {

/// The law of a time that theory knows: a wait, a time in the system. Seconds. What is not known in
/// closed form is not a number, or an empty function.
struct Law {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double deviation = std::numeric_limits<double>::quiet_NaN();  ///< the standard deviation
  std::function<double(double t)> tail = {};                    ///< P(time > t), t >= 0

  /// What a share p stays at or below, 0 < p < 1; needs the tail. 0 where P(time > 0) <= 1 - p.
  [[nodiscard]] double quantile(double p) const;
};

/// A time that is 0 with probability `1 - busy`, and otherwise exponential with that rate.
Law exponential_if(double busy, double rate);

/// A time that lasts beyond the k-th event of a Poisson process of that rate with probability
/// `lasts[k]`, and never beyond the last of them (uniformization: Jensen, 1953).
Law until_event(double mean, double deviation, std::vector<double> lasts, double rate);

/// The wait of a request that has to see `j + 1` departures with probability `weights[j]`, while
/// departures are a Poisson process of that rate, and 0 with the probability that is left.
Law departures_ahead(const std::vector<double>& weights, double rate);

}  // namespace sixslots::scenarios::theory
