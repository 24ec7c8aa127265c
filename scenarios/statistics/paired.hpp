#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// What a variant's metric is more than another's, replication by replication: both met the same
/// users, clicks and service times, so that most of their luck cancels.
struct PairedDifference {
  /// Where requests had not ended the difference is a bound: of the first variant's they would have
  /// made it larger, of the other's smaller, of both who knows.
  enum class Bound : std::uint8_t { exact, at_least, at_most, unknown };

  bool none = false;  ///< nothing was measured on one side or both: there is no difference
  double value = 0.0;
  Bound bound = Bound::exact;
  std::optional<Interval> interval;  ///< of `value`; nothing with fewer than five pairs
  /// How many times as many replications independent random numbers would have needed; infinite
  /// when all differences are equal.
  double variance_ratio = 1.0;
  std::size_t pairs = 0;  ///< replications in which both have a value

  [[nodiscard]] bool distinguishable() const;
};

/// What a variant is compared by, and what differences are differences of: the metric's value, but
/// of a count or an extreme the average over the replications. Of these the metric itself is a
/// total, or the most of all, which no replication has.
MetricValue compared_value(const VariantResult& result, std::string_view metric);

/// `one` less `other`. The interval is Student's over the differences; around a difference of
/// quantiles it is that of sectioning, which centres at the pooled quantiles.
PairedDifference paired_difference(const VariantResult& one, const VariantResult& other,
                                   std::string_view metric, double confidence);

/// The confidence of each of several statements that hold together with 95 % (Bonferroni).
double shared_confidence(std::size_t statements);

/// Variants that share a place among all, of which the lowest has the first.
struct Rank {
  std::size_t place = 1;
  /// They are known only as bounds that are not above all known values: they may stand here or
  /// further down, and what stands there as much higher.
  bool or_later = false;
  std::vector<std::size_t> variants;
};

/// Variants from the lowest to the highest value of a metric; each rank holds those that cannot be
/// told from its first. What was never answered is the highest.
std::vector<Rank> ranking(const std::vector<VariantResult>& variants, std::string_view metric);

}  // namespace sixslots::scenarios
