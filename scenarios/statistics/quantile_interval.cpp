#include "scenarios/statistics/quantile_interval.hpp"

#include <algorithm>
#include <cmath>

#include "sim/math.hpp"

namespace sixslots::scenarios {
namespace {

/// By how many of its errors the share above t differs from `tail`; positive: there is more.
double excess(std::span<const Tail> tails, double tail, double t) {
  std::vector<Weighted> shares;
  shares.reserve(tails.size());
  for (const Tail& one : tails) {
    shares.push_back({one.share_above(t), static_cast<double>(one.count())});
  }
  const Estimate share = estimate(shares);
  if (share.value <= 0.0) return -1e9;
  const double distance = sim::log(share.value / tail);
  const double error = share.error / share.value;
  if (error <= 0.0) return distance > 0.0 ? 1e9 : -1e9;
  return distance / error;
}

/// The end of the interval in one direction from the value: where `excess` first passes `limit`.
/// The share above t falls with t, so halving finds it.
double edge(std::span<const Tail> tails, double tail, double inside, double outside, double limit) {
  constexpr double clock = 1e9;  // ticks of the finest time that there is, in a second
  for (int i = 0; i < 60 && clock * std::abs(outside - inside) > 0.25; ++i) {
    const double middle = (inside + outside) / 2.0;
    (std::abs(excess(tails, tail, middle)) <= limit ? inside : outside) = middle;
  }
  return std::round(clock * outside) / clock;
}

}  // namespace

Tail::Tail(const sim::Tally::Packed& tally, sim::Unfinished unfinished) : count_(tally.count()) {
  const bool leave = unfinished == sim::Unfinished::leave;
  const std::span<const sim::Histogram::Bucket> censored = tally.censored.buckets;
  steps_.reserve(2 * tally.finished.buckets.size());
  // The product-limit estimate of sim::Tally, at the buckets' edges.
  auto at_risk = static_cast<double>(count_);
  double share = 1.0;
  auto leaving = censored.begin();
  for (const sim::Histogram::Bucket& bucket : tally.finished.buckets) {
    for (; leave && leaving != censored.end() && leaving->highest < bucket.lowest; ++leaving) {
      at_risk -= static_cast<double>(leaving->count);
    }
    const auto ending = static_cast<double>(bucket.count);
    const double before = share;
    if (at_risk > 0.0) share *= (at_risk - ending) / at_risk;
    at_risk -= ending;
    if (bucket.highest > bucket.lowest) {
      steps_.push_back({sim::seconds(bucket.lowest), before - (before - share) / ending});
    }
    steps_.push_back({sim::seconds(bucket.highest), share});
  }
}

double Tail::share_above(double t) const {
  const auto after = std::ranges::upper_bound(steps_, t, {}, &Step::time);
  if (after == steps_.begin()) return count_ == 0 ? 0.0 : 1.0;
  const Step& before = after[-1];
  if (after == steps_.end()) return before.share;
  const double width = after->time - before.time;
  // Between buckets nothing ends; inside one, ends are spread evenly.
  if (width >= 0.005 * after->time) return before.share;
  return before.share + (t - before.time) / width * (after->share - before.share);
}

std::optional<Interval> quantile_interval(std::span<const Tail> tails, double p, double value,
                                          double students_t) {
  const double tail = 1.0 - p;
  double far = std::max(value, 1e-9);
  constexpr double for_ever = 1e10;  // seconds: longer than any run
  while (std::abs(excess(tails, tail, far)) <= students_t) {
    if (far > for_ever) return std::nullopt;
    far *= 2.0;
  }
  return Interval{edge(tails, tail, value, 0.0, students_t),
                  edge(tails, tail, value, far, students_t)};
}

double exceedances(const sim::Tally& pooled, std::size_t replications, double p) {
  return static_cast<double>(pooled.count()) * (1.0 - p) / static_cast<double>(replications);
}

}  // namespace sixslots::scenarios
