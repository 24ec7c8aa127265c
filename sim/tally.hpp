#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "sim/histogram.hpp"
#include "sim/time.hpp"

namespace sixslots::sim {

/// A quantile, or, when `censored`, a bound that it exceeds: print it as "> value".
struct Quantile {
  Duration value{};
  bool censored = false;
  friend bool operator==(const Quantile&, const Quantile&) = default;
};

/// Whether the age of what has not ended will not do for the time that it would have taken: more
/// had not, or older ones, than are always under way when a run ends. Numbers, and seconds in all.
bool unfinished_matter(std::uint64_t unfinished, std::uint64_t count, double ages, double times);

/// What quantiles make of the unfinished at their age.
enum class Unfinished : std::uint8_t {
  leave,  ///< their weight goes to the longer ones: the product-limit estimate
  stay,   ///< they take longer than all that finished
};

/// Durations, some of which had not ended when the run did: those count as at least their age.
///
/// Quantiles follow the product-limit estimate (Kaplan and Meier, JASA 53, 1958), the standard one
/// for right-censored data: an unfinished request stays among those at risk up to its age and then
/// leaves its weight to the longer ones. Leaving it out would make the slowest requests vanish from
/// the percentiles; counting it as ended would make them look as fast as the run was short. At
/// equal values, and inside one bucket of the histogram, the finished come first, as in the
/// textbooks. Without censoring it is the ordinary order statistic.
///
/// The estimate holds as long as an age says nothing about how long it would have taken. It does
/// where a queue grows or requests are given up for having waited: see unfinished().
class Tally {
 public:
  /// All that a tally holds, kept elsewhere.
  struct Packed {
    Histogram::Packed finished;
    Histogram::Packed censored;

    std::uint64_t count() const;
  };

  Tally() = default;
  Tally(Histogram finished, Histogram censored)
      : finished_(std::move(finished)), censored_(std::move(censored)) {}

  void add(Duration value) { finished_.add(value); }
  void add_censored(Duration age) { censored_.add(age); }
  void merge(const Tally& other);
  void merge(const Packed& other);

  std::uint64_t finished() const { return finished_.count(); }
  std::uint64_t censored() const { return censored_.count(); }
  std::uint64_t count() const { return finished() + censored(); }

  /// Over the finished ones alone; seconds.
  std::optional<double> mean() const { return finished_.mean(); }
  /// Over all, where few have not ended: these would have taken as long as the longer ones do. The
  /// mean of the product-limit estimate, whose last step ends at the longest observation; seconds.
  std::optional<double> estimated_mean() const;
  std::optional<Duration> min() const { return finished_.min(); }
  std::optional<Duration> max() const { return finished_.max(); }
  std::optional<Duration> largest_age() const { return censored_.max(); }

  /// Seconds in all: the finished ones' values and the unfinished ones' ages.
  double known_seconds() const;
  /// Of these, the ages.
  double unfinished_seconds() const;

  /// `stay` where the ages of the unfinished are more of the time in all than those that are always
  /// under way when a run ends.
  Unfinished unfinished() const;

  /// The smallest value that at least a share p stays at or below, 0 <= p <= 1; nothing of an empty
  /// tally. A quantile beyond what the finished ones can tell is censored, and its value is the
  /// largest age; or, if larger, the longest of the finished, where the unfinished take longer.
  std::optional<Quantile> quantile(double p, Unfinished unfinished = Unfinished::leave) const;

  /// The estimated share that takes longer than t; flat beyond the largest observation; 0 of an
  /// empty tally.
  double share_above(Duration t, Unfinished unfinished = Unfinished::leave) const;

  const Histogram& finished_histogram() const { return finished_; }
  const Histogram& censored_histogram() const { return censored_; }

  friend bool operator==(const Tally&, const Tally&) = default;

 private:
  Histogram finished_;
  Histogram censored_;
};

}  // namespace sixslots::sim
