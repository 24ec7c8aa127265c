#include "scenarios/key_tables.hpp"

namespace sixslots::scenarios {

std::span<const Key> keys_of_run() {
  static const Key table[] = {
      {.path = "title",
       .field = +[](Scenario& s, std::size_t) -> std::string& { return s.title; },
       .meaning = "What the scenario is about, in one line that heads its reports."},

      {.path = "run.duration",
       .field = run<&RunSettings::duration>,
       .range = some_time,
       .meaning = "Simulated time of one replication."},
      {.path = "run.warm_up",
       .field = run<&RunSettings::warm_up>,
       .range = any_duration,
       .meaning = "Time at the start of each replication that the statistics leave out."},
      {.path = "run.replications",
       .field = run<&RunSettings::replications>,
       .range = {1, 100'000},
       .meaning =
           "Independent runs of each variant; more of them narrow the confidence intervals."},
      {.path = "run.seed",
       .field = run<&RunSettings::seed>,
       .meaning =
           "Chooses the random numbers; the same seed gives the same results, byte for byte."},
  };
  return table;
}

}  // namespace sixslots::scenarios
