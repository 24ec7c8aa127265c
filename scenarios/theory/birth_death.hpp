#pragma once

#include <functional>
#include <vector>

#include "scenarios/theory/law.hpp"

namespace sixslots::scenarios::theory {

/// Probabilities of 0 to `last` in a chain that goes up and down by one, from their ratios:
/// p[n] / p[n - 1] = ratio(n).
std::vector<double> from_ratios(int last, const std::function<double(int n)>& ratio);

/// The wait of who sees n others with probability p[n], at c servers of `mu` services a second
/// that serve them first.
Law wait_behind(const std::vector<double>& p, double mu, int c);

}  // namespace sixslots::scenarios::theory
