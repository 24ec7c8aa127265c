#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "models/world.hpp"
#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// Told after each replication, and during long ones: how many of how many are done, with the parts
/// done of those under way, and what is simulated.
using Progress = std::function<void(double done, int total, std::string_view variant)>;

/// What an experiment may cost; none of it changes a result.
struct Effort {
  int threads = 0;           ///< 0: as many as there are cores
  bool keep_samples = true;  ///< false: no records, which only the reports of a run need
  /// Asked often, on any thread: true ends the experiment with what it has. The only one of these
  /// that changes results, and they say so.
  std::function<bool()> stopped = {};
  /// A replication of more kernel events, counted in events_between_questions, ends the experiment
  /// as if it were stopped; 0: none does.
  std::uint64_t most_events = 0;
};

/// What tells one replication of a scenario from another: its random numbers.
models::RunSpec replication(const RunSettings& settings, int index);

/// Simulates every variant of a scenario on the same random numbers and measures its metrics. When
/// it is stopped, there are results of the replications that were complete; of a variant without
/// any, of what was seen of its first.
Results run_experiment(const Scenario& scenario, const Progress& progress = {},
                       const Effort& effort = {});

/// The same for some of a scenario's variants; each result is handed over when it is complete, in
/// their order. False: it was stopped before the end.
bool simulate(std::span<const Variant> variants, const Progress& progress, const Effort& effort,
              const std::function<void(VariantResult&&)>& take);

/// Names what a scenario's results depend on: its text and all that was set or varied besides.
std::string hash_of(const Scenario& scenario);

}  // namespace sixslots::scenarios
