#include "scenarios/statistics/paired.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "scenarios/measures.hpp"
#include "scenarios/statistics/metric_intervals.hpp"
#include "scenarios/statistics/student_t.hpp"

namespace sixslots::scenarios {
namespace {

double variance(const std::vector<double>& values, double mean) {
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares / (static_cast<double>(values.size()) - 1.0);
}

/// Of equal values exactly that value.
double average(const std::vector<double>& values) {
  double beyond_first = 0.0;
  for (const double value : values) beyond_first += value - values.front();
  return values.front() + beyond_first / static_cast<double>(values.size());
}

const std::vector<double>& values_of(const VariantResult& result, std::string_view metric) {
  const auto found = std::ranges::find_if(
      result.metrics, [&](const MetricValue& value) { return value.info.name == metric; });
  static const std::vector<double> none;  // a hop that this variant does not have
  if (found == result.metrics.end()) return none;
  return result.by_replication[static_cast<std::size_t>(found - result.metrics.begin())];
}

/// The average of those that are numbers.
std::optional<double> average_of_measured(const std::vector<double>& values) {
  std::vector<double> measured;
  for (const double value : values) {
    if (!std::isnan(value)) measured.push_back(value);
  }
  if (measured.empty()) return std::nullopt;
  return average(measured);
}

PairedDifference::Bound bound_of(const MetricValue& one, const MetricValue& other) {
  using Bound = PairedDifference::Bound;
  if (one.is_bound()) return other.is_bound() ? Bound::unknown : Bound::at_least;
  return other.is_bound() ? Bound::at_most : Bound::exact;
}

/// Sorts variants by a metric.
class Ranking {
 public:
  Ranking(const std::vector<VariantResult>& variants, std::string_view metric)
      : variants_(variants),
        metric_(metric),
        confidence_(shared_confidence(variants.size() * (variants.size() - 1) / 2)) {
    rank_known(those(MetricValue::Kind::exact));
    rank_bounds(those(MetricValue::Kind::at_least));
    rank_together(those(MetricValue::Kind::never));
    rank_together(those(MetricValue::Kind::none));
  }

  std::vector<Rank> ranks() {
    std::ranges::stable_sort(ranks_, {}, &Rank::place);
    return std::move(ranks_);
  }

 private:
  using Variants = std::vector<std::size_t>;

  /// The variants whose metric is of that kind, from the lowest on.
  [[nodiscard]] Variants those(MetricValue::Kind kind) const {
    Variants some;
    for (std::size_t i = 0; i < variants_.size(); ++i) {
      if (variants_[i].metric(metric_).kind == kind) some.push_back(i);
    }
    std::ranges::stable_sort(
        some, {}, [&](std::size_t i) { return compared_value(variants_[i], metric_).value; });
    return some;
  }

  [[nodiscard]] bool differ(std::size_t one, std::size_t other) const {
    return paired_difference(variants_[one], variants_[other], metric_, confidence_)
        .distinguishable();
  }

  void rank_together(const Variants& some) {
    if (some.empty()) return;
    ranks_.push_back({ranked_ + 1, false, some});
    ranked_ += some.size();
  }

  void rank_known(const Variants& known) {
    for (const std::size_t i : known) {
      if (ranks_.empty() || differ(i, ranks_.back().variants.front())) {
        ranks_.push_back({ranked_ + 1, false, {}});
      }
      ranks_.back().variants.push_back(i);
      ++ranked_;
    }
  }

  /// A bound is above those that it is told from, and may be above all others.
  void rank_bounds(const Variants& bounds) {
    Variants known;
    for (const Rank& rank : ranks_) {
      known.insert(known.end(), rank.variants.begin(), rank.variants.end());
    }
    Variants highest;
    for (const std::size_t i : bounds) {
      const auto below = static_cast<std::size_t>(
          std::ranges::count_if(known, [&](std::size_t other) { return differ(i, other); }));
      if (below == known.size()) {
        highest.push_back(i);
      } else if (!ranks_.back().or_later || ranks_.back().place != below + 1) {
        ranks_.push_back({below + 1, true, {i}});
      } else {
        ranks_.back().variants.push_back(i);
      }
    }
    ranked_ += bounds.size() - highest.size();
    rank_together(highest);
  }

  const std::vector<VariantResult>& variants_;
  std::string_view metric_;
  double confidence_;
  std::vector<Rank> ranks_;
  std::size_t ranked_ = 0;
};

}  // namespace

bool PairedDifference::distinguishable() const {
  if (!interval) return false;
  switch (bound) {
    case Bound::exact:
      return !interval->holds(0.0);
    case Bound::at_least:
      return interval->low > 0.0;
    case Bound::at_most:
      return interval->high < 0.0;
    case Bound::unknown:
      break;
  }
  return false;
}

MetricValue compared_value(const VariantResult& result, std::string_view metric) {
  MetricValue value = result.metric(metric);
  if (value.kind == MetricValue::Kind::none) return value;
  if (statistic_of(value.info).kind != Statistic::Kind::other) return value;
  value.value = average_of_measured(values_of(result, metric)).value_or(value.value);
  return value;
}

PairedDifference paired_difference(const VariantResult& one, const VariantResult& other,
                                   std::string_view metric, double confidence) {
  const std::vector<double>& left = values_of(one, metric);
  const std::vector<double>& right = values_of(other, metric);
  std::vector<double> ones;
  std::vector<double> others;
  std::vector<double> differences;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (std::isnan(left[i]) || std::isnan(right[i])) continue;
    ones.push_back(left[i]);
    others.push_back(right[i]);
    differences.push_back(left[i] - right[i]);
  }
  PairedDifference result;
  result.pairs = differences.size();
  const MetricValue mine = compared_value(one, metric);
  const MetricValue theirs = compared_value(other, metric);
  if (mine.kind == MetricValue::Kind::none || theirs.kind == MetricValue::Kind::none) {
    result.none = true;
    result.bound = PairedDifference::Bound::unknown;
    return result;
  }
  result.value = mine.value - theirs.value;
  result.bound = bound_of(mine, theirs);
  if (result.pairs < static_cast<std::size_t>(fewest_replications)) return result;
  const bool quantile = statistic_of(mine.info).kind == Statistic::Kind::quantile;
  if (!quantile) result.value = average(differences);
  const double spread = variance(differences, result.value);
  const auto pairs = static_cast<double>(result.pairs);
  const double half =
      student_t(confidence, static_cast<int>(result.pairs) - 1) * std::sqrt(spread / pairs);
  result.interval = Interval{result.value - half, result.value + half};
  const double apart = variance(ones, average(ones)) + variance(others, average(others));
  const double together = variance(differences, average(differences));
  // Differences that are equal but for the rounding of their sums.
  const double rounding = 1e-12 * std::max(std::abs(average(ones)), std::abs(average(others)));
  result.variance_ratio =
      together > rounding * rounding ? apart / together : std::numeric_limits<double>::infinity();
  return result;
}

double shared_confidence(std::size_t statements) {
  const auto count = static_cast<double>(std::max<std::size_t>(statements, 1));
  return 1.0 - (1.0 - usual_confidence) / count;
}

std::vector<Rank> ranking(const std::vector<VariantResult>& variants, std::string_view metric) {
  return Ranking(variants, metric).ranks();
}

}  // namespace sixslots::scenarios
