#pragma once

#include <cstdint>
#include <functional>

#include "models/observations.hpp"
#include "models/world_spec.hpp"
#include "sim/random.hpp"

namespace sixslots::models {

/// A run is asked whether it goes on each time that so many events have happened.
inline constexpr std::uint64_t events_between_questions = 1 << 15;

/// How long a replication runs and with which random numbers.
struct RunSpec {
  Duration duration = std::chrono::seconds(60);
  Duration warm_up{};  ///< left out of the statistics
  sim::RandomSource random;
  bool keep_records = false;  ///< also hand over every request's record, and the series
  /// Asked every few milliseconds of a run that takes longer (events_between_questions), with the
  /// part of it that is done: false ends the run there, as if it had been that long.
  std::function<bool(double part)> goes_on = {};
};

/// Simulates one replication: a browser with its tabs on one app. The same arguments give the same
/// observations on any machine. The spec must have a design and at least one hop.
Observations run(const WorldSpec& spec, const RunSpec& run);

}  // namespace sixslots::models
