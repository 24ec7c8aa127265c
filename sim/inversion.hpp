#pragma once

#include "sim/double_double.hpp"

namespace sixslots::sim {

/// What an Erlang variate of `phases` phases exceeds with probability u, in mean lengths of one
/// phase.
double erlang_exceeded(int phases, const DoubleDouble& u);

/// What a mixture of two exponential laws exceeds with probability u: mean1 with probability p1,
/// else mean2.
double hyperexponential_exceeded(double p1, double mean1, double mean2, const DoubleDouble& u);

}  // namespace sixslots::sim
