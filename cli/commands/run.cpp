#include <fmt/format.h>

#include <array>

#include "cli/command.hpp"
#include "cli/formats.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/scenario_options.hpp"
#include "cli/style_options.hpp"
#include "reports/steps.hpp"
#include "scenarios/experiment.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots run dashboard.toml", "what the file asks"},
    Example{"sixslots run dashboard.toml --set page.rows=5", "the same page with five rows"},
    Example{"sixslots run dashboard.toml --vary page.design=stream-per-row,single-stream",
            "two designs side by side, for the same users"},
    Example{"sixslots run dashboard.toml --vary page.rows=1:8 --replications 5",
            "where it begins to hang"},
    Example{"sixslots run dashboard.toml --json - | jq '.variants[0].metrics'",
            "for a program instead of a reader"},
    Example{"sixslots run dashboard.toml --html report.html",
            "a page with charts and waterfalls, for a decision or a lesson"},
    Example{"sixslots run dashboard.toml --step", "what happens, one event after another"},
    Example{"sixslots run scenarios/course/*.toml", "one report after another"},
};

std::vector<Option> options() {
  std::vector<Option> all = scenario_options();
  const std::vector<Option> files = format_options();
  all.insert(all.end(), files.begin(), files.end());
  const std::vector<Option> style = style_options();
  all.insert(all.end(), style.begin(), style.end());
  all.push_back({.name = "step",
                 .meaning = "instead of the report: the first replication of the worst variant, "
                            "event by event; in a terminal the Enter key goes on, q ends"});
  all.push_back(quiet_option());
  return all;
}

scenarios::Results simulate(const scenarios::Scenario& scenario, const Arguments& arguments,
                            Console& console) {
  ProgressLine line(console.err, progress_kind(arguments, console.around),
                    columns_to_fill(console.around));
  const auto show = [&line](double done, int total, std::string_view variant) {
    line.show(done, total, variant);
  };
  return run_experiment(scenario, show,
                        {.threads = asked_threads(arguments), .stopped = is_interrupted});
}

/// In a terminal one at a time, so that a class can guess the next one.
void print_steps(const std::vector<std::string>& steps, Console& console) {
  const bool wait = console.around.in_is_terminal && console.around.out_is_terminal;
  for (const std::string& step : steps) {
    console.out << step << std::flush;
    std::string line;
    if (wait && (!std::getline(console.in, line) || line == "q")) return;
  }
}

ExitStatus run(const Arguments& arguments, Console& console) {
  const reports::TerminalStyle style = report_style(arguments, console.around);
  const std::vector<scenarios::Scenario> all = asked_scenarios(arguments, console.in);
  Outputs outputs(arguments);
  if (outputs.first() != nullptr && all.size() > 1) {
    throw UsageError(
        fmt::format("--{} takes the results of one scenario; run the others by themselves",
                    outputs.first()->option.name));
  }
  ExitStatus status = ExitStatus::fine;
  for (const scenarios::Scenario& scenario : all) {
    const scenarios::Results results = simulate(scenario, arguments, console);
    if (results.variants.empty()) throw_if_interrupted();
    outputs.write(results, console);
    if (!outputs.take_standard_output()) {
      if (&scenario != &all.front()) console.out << '\n';
      if (arguments.has("step")) {
        print_steps(step_report(results, style), console);
      } else {
        console.out << terminal_report(results, style) << std::flush;
      }
    }
    console.out << std::flush;
    throw_if_interrupted();
    if (!results.no_expectation_fails()) status = ExitStatus::not_met;
  }
  return status;
}

}  // namespace

extern const Command run_command = {
    .name = "run",
    .summary = "simulate scenarios and report what the clicks waited for",
    .synopsis = "run [options] FILE...",
    .details =
        "A FILE of - is standard input. Exit status 1 says that an [expect] of a file fails, as "
        "sixslots check judges it; what is undecided is a warning, and the status is 0. The same "
        "input prints the same bytes, on every machine. Ctrl-C ends the "
        "simulation, "
        "not the report: it is made of the replications that are complete, says so, and the status "
        "is 130; a second Ctrl-C ends that too.",
    .examples = examples,
    .options = options,
    .operands = {.fewest = 1},
    .run = run,
};

}  // namespace sixslots::cli
