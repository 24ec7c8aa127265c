#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "scenarios/theory/general_queues.hpp"
#include "scenarios/theory/matrix.hpp"

namespace sixslots::scenarios::theory {
namespace {

/// The rates of an M/PH/c. A level is the number of requests in the system; its states are how many
/// of those in service are in their first phase, from 0 up.
class Rates {
 public:
  Rates(double lambda, const TwoPhases& service, int c)
      : lambda_(lambda), service_(service), c_(static_cast<std::size_t>(c)) {}

  [[nodiscard]] std::size_t states(std::size_t level) const { return std::min(level, c_) + 1; }

  /// To the level above.
  [[nodiscard]] Matrix up(std::size_t level) const {
    Matrix rates(states(level), states(level + 1));
    for (std::size_t i = 0; i < rates.rows(); ++i) {
      if (level >= c_) {
        rates(i, i) = lambda_;
      } else {
        rates(i, i + 1) += lambda_ * service_.first;
        rates(i, i) += lambda_ * (1.0 - service_.first);
      }
    }
    return rates;
  }

  /// To the level below; with a queue the next request begins at once.
  [[nodiscard]] Matrix down(std::size_t level) const {
    Matrix rates(states(level), states(level - 1));
    const std::size_t busy = std::min(level, c_);
    for (std::size_t i = 0; i <= busy; ++i) {
      const double from_first = static_cast<double>(i) * service_.rate1 * (1.0 - service_.goes_on);
      const double from_second = static_cast<double>(busy - i) * service_.rate2;
      if (level <= c_) {
        if (i > 0) rates(i, i - 1) += from_first;
        if (i < busy) rates(i, i) += from_second;
        continue;
      }
      rates(i, i) += from_first * service_.first + from_second * (1.0 - service_.first);
      if (i > 0) rates(i, i - 1) += from_first * (1.0 - service_.first);
      if (i < busy) rates(i, i + 1) += from_second * service_.first;
    }
    return rates;
  }

  /// Within the level; its diagonal makes the rows of all three sum to 0.
  [[nodiscard]] Matrix within(std::size_t level) const {
    Matrix rates(states(level), states(level));
    for (std::size_t i = 1; i < rates.rows(); ++i) {
      rates(i, i - 1) = static_cast<double>(i) * service_.rate1 * service_.goes_on;
    }
    const Matrix above = up(level);
    const Matrix below = level > 0 ? down(level) : Matrix(0, 0);
    for (std::size_t i = 0; i < rates.rows(); ++i) {
      rates(i, i) = -(rates.row_sum(i) + above.row_sum(i) + (level > 0 ? below.row_sum(i) : 0.0));
    }
    return rates;
  }

 private:
  double lambda_;
  TwoPhases service_;
  std::size_t c_;
};

/// Where the process is when it first reaches the level below, by logarithmic reduction.
Matrix first_passage(const Matrix& up, const Matrix& within, const Matrix& down) {
  const Matrix leave = inverse(within * -1.0);
  const Matrix one = Matrix::identity(within.rows());
  Matrix rise = leave * up;
  Matrix fall = leave * down;
  Matrix passage = fall;
  Matrix above = rise;
  while (above.sum() > 1e-17) {
    const Matrix back = inverse(one - rise * fall - fall * rise);
    rise = back * (rise * rise);
    fall = back * (fall * fall);
    passage = passage + above * fall;
    above = above * rise;
  }
  return passage;
}

/// The probabilities of level c (a row), where all levels together have probability 1. Each level's
/// are those of the level above times a matrix, from level 0 up.
Matrix level_c(const Rates& rates, std::size_t c, const Matrix& r) {
  std::vector<Matrix> from_above;  // pi(n) = pi(n + 1) from_above[n]
  Matrix censored = rates.within(0);
  for (std::size_t n = 0; n < c; ++n) {
    from_above.push_back(rates.down(n + 1) * inverse(censored * -1.0));
    censored = rates.within(n + 1) + from_above[n] * rates.up(n);
  }
  // Level c with what returns to it from above: pi censored = 0, with the sum as an equation more.
  censored = censored + r * rates.down(c + 1);
  const Matrix levels_above = inverse(Matrix::identity(r.rows()) - r);
  Matrix below = Matrix::identity(r.rows());
  std::vector<double> total;
  for (std::size_t i = 0; i < r.rows(); ++i) total.push_back(levels_above.row_sum(i));
  for (std::size_t n = c; n-- > 0;) {
    below = below * from_above[n];
    for (std::size_t i = 0; i < r.rows(); ++i) total[i] += below.row_sum(i);
  }
  for (std::size_t i = 0; i < r.rows(); ++i) censored(i, 0) = total[i];
  Matrix first(1, r.rows());
  first(0, 0) = 1.0;
  return first * inverse(censored);
}

}  // namespace

double TwoPhases::mean() const {
  return first * (1.0 / rate1 + goes_on / rate2) + (1.0 - first) / rate2;
}

TwoPhases two_phases(const sim::Distribution& service) {
  const auto [first, second, third] = service.parameters();
  if (service.kind() == sim::Distribution::Kind::hyperexponential) {
    return {third, 1.0 / first, 0.0, 1.0 / second};
  }
  assert(service.kind() == sim::Distribution::Kind::erlang && second == 2.0);
  return {1.0, 2.0 / first, 1.0, 2.0 / first};
}

Law mphc_wait(double lambda, const TwoPhases& service, int c) {
  const Rates rates(lambda, service, c);
  const auto servers = static_cast<std::size_t>(c);
  const Matrix up = rates.up(servers);
  const Matrix within = rates.within(servers + 1);
  const Matrix down = rates.down(servers + 1);
  const Matrix one = Matrix::identity(within.rows());
  const Matrix passage = first_passage(up, within, down);
  const Matrix r = up * inverse((within + up * passage) * -1.0);
  const Matrix sums = inverse(one - r);
  const Matrix busy = level_c(rates, servers, r) * sums;

  // The queue empties by departures alone: the sum over them of r^m times the chance of m so far,
  // made discrete by the fastest rate out of a state.
  const Matrix quiet = within + one * lambda;
  double rate = 0.0;
  for (std::size_t i = 0; i < quiet.rows(); ++i) rate = std::max(rate, -quiet(i, i));
  const Matrix stay = one + quiet * (1.0 / rate);
  const Matrix depart = down * (1.0 / rate);
  Matrix reached = one;
  std::vector<double> lasts;
  for (;;) {
    lasts.push_back((busy * reached).sum());
    if (lasts.back() < 1e-16) break;
    reached = reached * stay + r * (reached * depart);
  }
  const double queue_length = (busy * r * sums).sum();
  return until_event(queue_length / lambda, std::numeric_limits<double>::quiet_NaN(),
                     std::move(lasts), rate);
}

}  // namespace sixslots::scenarios::theory
