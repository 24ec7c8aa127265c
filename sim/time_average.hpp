#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>

#include "sim/int128.hpp"
#include "sim/time.hpp"

namespace sixslots::sim {

/// The average of a level that holds for stretches of simulated time (open connections, queue
/// length), by an exact integral. An average over requests is a Tally's business.
class TimeAverage {
 public:
  explicit TimeAverage(Time start = start_of_time, std::int64_t level = 0)
      : start_(start), changed_(start), level_(level), peak_(level) {}

  void set(Time now, std::int64_t level) {
    integral_ = integral_at(now);
    changed_ = now;
    level_ = level;
    peak_ = std::max(peak_, level);
  }
  void add(Time now, std::int64_t delta) { set(now, level_ + delta); }

  /// Since the start or the last reset; the level itself while no time has passed.
  double mean(Time now) const {
    if (now == start_) return static_cast<double>(level_);
    return static_cast<double>(integral_at(now)) / static_cast<double>((now - start_).count());
  }
  /// Levels left at the instant they were reached count too.
  std::int64_t peak() const { return peak_; }
  std::int64_t level() const { return level_; }

  /// Forgets the warm-up; the peak restarts at the current level.
  void reset(Time now) {
    assert(now >= changed_);
    *this = TimeAverage(now, level_);
  }

 private:
  Int128 integral_at(Time now) const {
    assert(now >= changed_);
    return integral_ + static_cast<Int128>(level_) * (now - changed_).count();
  }

  Time start_;
  Time changed_;
  std::int64_t level_;
  std::int64_t peak_;
  Int128 integral_ = 0;
};

}  // namespace sixslots::sim
