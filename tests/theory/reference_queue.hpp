#pragma once

#include <cstdint>

#include "scenarios/scenario.hpp"
#include "sim/tally.hpp"

namespace sixslots::scenarios::theory {

/// In which order those who wait are served.
enum class Discipline : std::uint8_t { first_come, last_come, random };

/// M/M/6 in forty lines that share nothing with the models but the random numbers: the waits of a
/// replication of polls() (tests/scenarios/polls.hpp). First come first served they are the same to
/// the nanosecond, which a test asserts; other orders are mutants. Many times as fast.
sim::Tally reference_waits(const Scenario& polls, int replication,
                           Discipline discipline = Discipline::first_come);

}  // namespace sixslots::scenarios::theory
