#include <cassert>

#include "sim/math.hpp"

// The plan is Wichura's (Algorithm AS 241, Applied Statistics 37, 1988): one rational function in
// the middle, one for the tails. Here they hold only what is left beside an exact leading term, so
// that their rounding stays below the last place. They were fitted in 300-bit arithmetic, to less
// than 2^-56 of the result.

namespace sixslots::sim {
namespace {

constexpr double edge = 0.425;

/// For p = 1/2 + q, |q| <= edge: q times what leads there, exact at the edge.
DoubleDouble centre(const DoubleDouble& q) {
  constexpr DoubleDouble lead = {3.387132872796367, -0x1.d0b59c2894b02p-55};
  constexpr double top[] = {10.179205485112973, 384.2110421462266, 5413.748191724136,
                            35407.33421743458,  108860.9124749738, 140709.50748036196,
                            54861.113624765916, 582.6203433331183};
  constexpr double bottom[] = {1.0,
                               45.084498810939024,
                               793.4454482514625,
                               6912.896463930162,
                               31257.255547235683,
                               70345.16786368316,
                               68583.84754707848,
                               20203.84618099743};
  const double rest = 0.180625 - q.high * q.high;
  return q * lead + -q.high * rest * (polynomial(rest, top) / polynomial(rest, bottom));
}

/// For p = exp(-r^2 / 2) < 1/2 - edge: -r + lead leads, exact where the tail begins.
DoubleDouble lower_tail(double p) {
  assert(p >= 0x1p-54);
  constexpr double start = 2.25;
  constexpr double lead = 0.8419592959009244;
  constexpr double top[] = {0.2091384263198646,   0.25417673524384526,  0.1220896787477047,
                            0.030195150525573408, 0.004129097393088824, 0.0002943025846054596,
                            9.00148013642714e-06, 7.690395969232276e-08};
  constexpr double bottom[] = {1.0,
                               1.5132140496440325,
                               0.9384578271612162,
                               0.3111593754512675,
                               0.06010774526773705,
                               0.006798196936174882,
                               0.00041626532154897486,
                               1.1415848459127053e-05,
                               9.171804451936657e-08};
  const DoubleDouble logarithm = precise_log({p, 0});
  const DoubleDouble r = sqrt(DoubleDouble{-2 * logarithm.high, -2 * logarithm.low});
  const double rest = r.high - start;
  return -r + lead + -rest * (polynomial(rest, top) / polynomial(rest, bottom));
}

}  // namespace

DoubleDouble precise_normal_quantile(const DoubleDouble& p) {
  const DoubleDouble q = two_sum(p.high, -0.5) + p.low;
  if (q.high < -edge) return lower_tail(p.high);
  if (q.high > edge) return -lower_tail((1 - p.high) - p.low);
  return centre(q);
}

double normal_quantile(double p) { return precise_normal_quantile({p, 0}).high; }

}  // namespace sixslots::sim
