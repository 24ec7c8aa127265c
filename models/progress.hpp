#pragma once

#include <cstdint>
#include <stdexcept>

#include "models/observer.hpp"
#include "models/world.hpp"
#include "models/world_spec.hpp"
#include "sim/simulation.hpp"

namespace sixslots::models {

/// A replication that would never end, or not before all memory is used up.
class Endless : public std::runtime_error {
 public:
  enum class Sign : std::uint8_t { no_time_passes, requests_pile_up };

  Endless(Sign sign, Time at, MadeRequest last);
  [[nodiscard]] Sign sign() const { return sign_; }
  [[nodiscard]] Time at() const { return at_; }
  /// The request that was made last: probably one of those that repeat.
  [[nodiscard]] const MadeRequest& last() const { return last_; }

 private:
  Sign sign_;
  Time at_;
  MadeRequest last_;
};

/// Looks after a run, and throws Endless. It counts events and simulated time, so that a scenario
/// ends in this way on every machine or on none.
class Progress {
 public:
  Progress(const sim::Simulation& simulation, const Observer& observer, double size);
  /// After events_between_questions it should look again.
  void look();

 private:
  const sim::Simulation& simulation_;
  const Observer& observer_;
  double most_events_;
  double most_requests_;
  Time since_ = sim::start_of_time;
  std::uint64_t events_before_ = 0;
};

/// The pages, rows and flows of a run: what may all do something at one moment.
[[nodiscard]] double size_of(const WorldSpec& spec, Duration duration);

}  // namespace sixslots::models
