#include "scenarios/theory/birth_death.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace sixslots::scenarios::theory {

// The largest is scaled to 1 on the way, so that none overflows.
std::vector<double> from_ratios(int last, const std::function<double(int n)>& ratio) {
  std::vector<double> logs{0.0};
  for (int n = 1; n <= last; ++n) logs.push_back(logs.back() + std::log(ratio(n)));
  const double largest = *std::ranges::max_element(logs);
  std::vector<double> p;
  for (const double one : logs) p.push_back(std::exp(one - largest));
  const double sum = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& one : p) one /= sum;
  return p;
}

Law wait_behind(const std::vector<double>& p, double mu, int c) {
  const auto first = std::min(static_cast<std::ptrdiff_t>(p.size()), std::ptrdiff_t{c});
  return departures_ahead({p.begin() + first, p.end()}, c * mu);
}

}  // namespace sixslots::scenarios::theory
