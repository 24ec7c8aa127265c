#include <fmt/format.h>

#include <array>
#include <iostream>
#include <limits>

#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/scenario_options.hpp"
#include "cli/style_options.hpp"
#include "reports/verification_report.hpp"

namespace sixslots::cli {
namespace {

namespace theory = scenarios::theory;

constexpr std::array examples = {
    Example{"sixslots verify", "every queue that takes a second or so"},
    Example{"sixslots verify --group mmc", "one kind of queue"},
    Example{"sixslots verify --all --json verification.json",
            "the rare and heavily loaded ones too, and a file for a program"},
    Example{"sixslots verify --group held --scenarios", "the scenarios behind the numbers"},
};

constexpr Limits replications = {2, 100'000};
constexpr Limits seeds = {0, std::numeric_limits<std::int32_t>::max()};

std::vector<Option> options() {
  std::vector<Option> all = {
      {.name = "group", .value = "NAME", .meaning = "only queues of that kind"},
      {.name = "all", .meaning = "also those that need hundreds of millions of requests"},
      {.name = "scenarios", .meaning = "print the scenarios, and simulate nothing"},
      {.name = "replications",
       .value = "N",
       .meaning = "independent runs, instead of as many as each queue needs"},
      {.name = "seed", .value = "N", .meaning = "other random numbers"},
      threads_option(),
      {.name = "json",
       .value = "FILE",
       .meaning = "write the measures to FILE as JSON; - prints them"},
  };
  const std::vector<Option> style = style_options();
  all.insert(all.end(), style.begin(), style.end());
  all.push_back(quiet_option());
  return all;
}

std::vector<theory::TheoryCase> asked_cases(const Arguments& arguments) {
  const std::string group = arguments.value("group").value_or("");
  std::vector<theory::TheoryCase> cases = theory::theory_cases(group, arguments.has("all"));
  if (!cases.empty()) return cases;
  std::vector<std::string_view> names;
  for (const theory::TheoryGroup& one : theory::theory_groups()) {
    if (one.name == group) {
      throw UsageError(fmt::format("all queues of the group '{}' are lengthy: add --all", group));
    }
    names.push_back(one.name);
  }
  throw UsageError(fmt::format("unknown group '{}'{}; groups are {}", group,
                               suggestion(group, names), fmt::join(names, ", ")));
}

void print_scenarios(const std::vector<theory::TheoryCase>& cases, std::ostream& out) {
  for (const theory::TheoryCase& one : cases) {
    out << fmt::format("# {} {}\n{}", one.group, one.parameters, one.text());
  }
}

ExitStatus verify(const Arguments& arguments, Console& console) {
  const reports::TerminalStyle style = report_style(arguments, console.around);
  const std::vector<theory::TheoryCase> cases = asked_cases(arguments);
  theory::VerificationRun run;
  run.replications = static_cast<int>(number(arguments, "replications", replications).value_or(0));
  run.seed = static_cast<std::uint64_t>(number(arguments, "seed", seeds).value_or(0));
  run.threads = asked_threads(arguments);
  if (arguments.has("scenarios")) {
    print_scenarios(cases, console.out);
    return ExitStatus::fine;
  }
  Output json(arguments.value("json"));
  const theory::Verification found = [&] {
    ProgressLine line(console.err, progress_kind(arguments, console.around),
                      columns_to_fill(console.around));
    return theory::verify(cases, run, shown_on(line));
  }();
  json.write([&] { return reports::verification_json(found); }, console.out);
  if (!json.takes_standard_output()) console.out << verification_report(found, style);
  return found.holds() ? ExitStatus::fine : ExitStatus::not_met;
}

}  // namespace

extern const Command verify_command = {
    .name = "verify",
    .summary = "simulate queues that theory has solved, and compare",
    .synopsis = "verify [options]",
    .details =
        "Scenarios that are nothing but a queue (no distance, one hop) against closed forms that "
        "the program computes by itself. Exit status 1 says that some measure does not agree, or "
        "that the intervals are too wide or too narrow as a whole.",
    .examples = examples,
    .options = options,
    .operands = {.most = 0},
    .run = verify,
};

}  // namespace sixslots::cli
