#pragma once

#include <chrono>
#include <cstdint>

namespace sixslots::sim {

/// Simulated durations: signed 64-bit nanoseconds, enough for 292 years.
using Duration = std::chrono::nanoseconds;

/// The simulated clock. It has no now(): only a Simulation knows what time it is.
struct Clock {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<Clock, Duration>;
  static constexpr bool is_steady = true;
};

/// A moment of simulated time; adding two of them does not compile.
using Time = Clock::time_point;

/// The moment every simulation starts at.
inline constexpr Time start_of_time{};

/// Later than anything that can happen.
inline constexpr Time end_of_time = Time::max();

/// A moment that may not have come: std::optional<Time> in half of the space.
class Moment {
 public:
  constexpr Moment() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): every Time is one.
  constexpr Moment(Time time) : time_(time) {}

  explicit constexpr operator bool() const { return time_ != end_of_time; }
  constexpr bool has_value() const { return time_ != end_of_time; }
  /// Of one that has come.
  constexpr const Time& operator*() const { return time_; }
  constexpr const Time* operator->() const { return &time_; }
  constexpr Time value_or(Time other) const { return has_value() ? time_ : other; }
  friend constexpr bool operator==(Moment, Moment) = default;

 private:
  Time time_ = end_of_time;
};

/// Seconds as a double, for statistics only: model time itself stays integral.
constexpr double seconds(Duration d) { return std::chrono::duration<double>(d).count(); }

}  // namespace sixslots::sim
