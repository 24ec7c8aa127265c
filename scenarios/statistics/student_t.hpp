#pragma once

namespace sixslots::scenarios {

/// P(T > t) of Student's t with that many degrees of freedom, t >= 0: the incomplete beta function
/// by its continued fraction (Abramowitz and Stegun 26.5.8, 26.7.1), made of sim/math alone so that
/// intervals have the same bits everywhere.
double student_t_tail(double t, int degrees);

/// What |T| stays below with probability `confidence`, 0.5 <= confidence < 1: 2.093024 for 0.95 and
/// 19 degrees of freedom.
double student_t(double confidence, int degrees);

}  // namespace sixslots::scenarios
