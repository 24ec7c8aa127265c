#pragma once

#include <cstdint>
#include <optional>
#include <vector>

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

/// Whose the random services are: a mistake is to give them to slots.
enum class ServiceOf : std::uint8_t { request, slot };

/// A request of the same queue, in equal batches where the scenario has some. From the start of the
/// run; what was not served has no start.
struct ServedPoll {
  sim::Duration arrival;
  sim::Duration service;
  std::optional<sim::Duration> started;
};
/// In the order in which they arrive.
std::vector<ServedPoll> reference_requests(const Scenario& polls, int replication,
                                           Discipline discipline, ServiceOf service_of);

}  // namespace sixslots::scenarios::theory
