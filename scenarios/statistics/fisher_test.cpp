#include "scenarios/statistics/fisher_test.hpp"

#include <algorithm>

namespace sixslots::scenarios {
namespace {

/// Tables that are equally likely may differ by the rounding of their products.
constexpr double rounding = 1.0 + 1e-7;

/// Probabilities of tables, by that of the one that was seen.
class Tables {
 public:
  Tables(const Part& one, const Part& other)
      : all_(static_cast<double>(one.all)),
        some_(static_cast<double>(one.some + other.some)),
        rest_(static_cast<double>(other.all) - some_) {
    add(1.0);
    const auto seen = static_cast<double>(one.some);
    double share = 1.0;
    for (double x = seen; x < std::min(all_, some_); x += 1.0) add(share *= next(x));
    share = 1.0;
    for (double x = seen; x > std::max(0.0, -rest_); x -= 1.0) add(share /= next(x - 1.0));
  }

  [[nodiscard]] double no_likelier() const { return no_likelier_ / sum_; }

 private:
  /// How much likelier x + 1 are than x: the hypergeometric distribution's terms.
  [[nodiscard]] double next(double x) const {
    return (all_ - x) * (some_ - x) / ((x + 1.0) * (rest_ + x + 1.0));
  }

  void add(double share) {
    sum_ += share;
    if (share <= rounding) no_likelier_ += share;
  }

  double all_;
  double some_;
  double rest_;
  double sum_ = 0.0;
  double no_likelier_ = 0.0;
};

}  // namespace

double fisher_test(const Part& one, const Part& other) { return Tables(one, other).no_likelier(); }

}  // namespace sixslots::scenarios
