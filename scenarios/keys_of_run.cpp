#include "scenarios/key_tables.hpp"
#include "scenarios/named_paths.hpp"

namespace sixslots::scenarios {

std::span<const Key> keys_of_run() {
  static const Key table[] = {
      {.path = "title",
       .field = +[](Scenario& s, std::size_t) -> std::string& { return s.title; },
       .meaning = "What the scenario is about, in one line that heads its reports."},
      {.path = "path",
       .field = +[](Scenario& s, std::size_t) -> std::string& { return s.path; },
       .meaning =
           "The way from the browser to the app, by the name of a [[named_path]] or of one "
           "in \"sixslots list paths\"; \"own\" is [network] and [[hop]] as they stand here. "
           "The app keeps the service time that is set here.",
       .then = [](Scenario& s, std::size_t) { take_path(s); }},

      {.path = "run.kind",
       .field = named<run_kind_names, run<&RunSettings::kind>>,
       .meaning = "What a run stands for: one stretch of time, or a load that lasts."},
      {.path = "run.duration",
       .field = run<&RunSettings::duration>,
       .range = some_time,
       .meaning = "Simulated time of one replication."},
      {.path = "run.warm_up",
       .field = run<&RunSettings::warm_up>,
       .range = any_duration,
       .word = "automatic",
       .meaning = "Time at the start of each replication that the statistics leave out; automatic "
                  "is nothing, and a tenth of the duration of a steady run."},
      {.path = "run.replications",
       .field = run<&RunSettings::replications>,
       .range = {1, 100'000},
       .meaning =
           "Independent runs of each variant; more of them narrow the confidence intervals."},
      {.path = "run.precision",
       .field = run<&RunSettings::precision>,
       .range = {1, 1'000'000},
       .word = "none",
       .meaning = "More replications, five at a time, until the half-widths of the intervals of "
                  "the expected metrics (of mean latencies where nothing is expected) are this "
                  "part of their values, as in \"2 %\"."},
      {.path = "run.most_replications",
       .field = run<&RunSettings::most_replications>,
       .range = {1, 100'000},
       .meaning = "Where run.precision gives up."},
      {.path = "run.seed",
       .field = run<&RunSettings::seed>,
       .meaning =
           "Chooses the random numbers; the same seed gives the same results, byte for byte."},
  };
  return table;
}

}  // namespace sixslots::scenarios
