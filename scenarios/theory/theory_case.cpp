#include "scenarios/theory/theory_case.hpp"

#include <fmt/format.h>

#include "scenarios/theory/cases.hpp"
#include "sim/random.hpp"

namespace sixslots::scenarios::theory {

std::string TheoryCase::text() const {
  QueueScenario seeded = scenario;
  seeded.seed = sim::entity_id(fmt::format("{} {} {}", group, parameters, measures.front().name));
  return seeded.text();
}

std::span<const TheoryGroup> theory_groups() {
  static const TheoryGroup table[] = {
      {"mmc", "M/M/c at the browser's slots", mmc_cases},
      {"places", "M/M/6 at streams, a proxy, workers", place_cases},
      {"held", "slots held by event streams", held_cases},
      {"mmck", "M/M/c/K: workers with a backlog", mmck_cases},
      {"erlb", "Erlang B: a proxy that refuses", erlang_b_cases},
      {"engset", "Engset: few sources, refused", engset_cases},
      {"abandon", "M/M/c+M, M/M/c+D: patience, timeouts", abandon_cases},
      {"mg1", "M/G/1 at one slot", mg1_cases},
      {"mdc", "M/D/c at the slots", mdc_cases},
      {"mgc", "M/PH/c at the slots", mgc_cases},
      {"mix", "polls and streams share slots", mix_cases},
      {"gimc", "GI/M/c: pollers, and gaps of any law", gimc_cases},
      {"gig1", "PH/PH/1: gaps and services in phases", gig1_cases},
      {"batch", "M^X/M/c: page loads fire batches", batch_cases},
      {"periodic", "nD/D/1: pollers with random phases", periodic_cases},
      {"setup", "M/G/1 with a handshake when idle", set_up_cases},
      {"nested", "slots before workers", nested_cases},
      {"ps", "M/G/1-PS: a shared link", link_cases},
      {"prio", "M/M/c with Chrome's priorities", priority_cases},
      {"finite", "M/M/c//N: closed-loop pollers", finite_cases},
      {"conns", "M/G/inf: requests under way", connection_cases},
      {"storm", "n jobs at once", storm_cases},
      {"transient", "the first moments of a run", transient_cases},
      {"variance", "how much averages vary", variance_cases},
  };
  return table;
}

}  // namespace sixslots::scenarios::theory
