#pragma once

#include <complex>
#include <functional>

#include "sim/distribution.hpp"

namespace sixslots::scenarios::theory {

/// A Laplace transform: of a law E[e^-sS], of a function the integral of e^-st f(t).
using Transform = std::function<std::complex<double>(std::complex<double> s)>;

/// The transform of a law; empty where it has no closed form.
Transform transform_of(const sim::Distribution& law);

/// A function of time from its transform (Talbot's contour; Abate and Valko, Int. J. Numer. Meth.
/// Engng 60, 2004): to about 1e-10 where it is smooth. t > 0.
double inverse_transform(const Transform& transform, double t);

}  // namespace sixslots::scenarios::theory
