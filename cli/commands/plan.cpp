#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/scenario_options.hpp"
#include "cli/style_options.hpp"
#include "reports/plan_report.hpp"
#include "scenarios/expectations.hpp"
#include "scenarios/overrides.hpp"

namespace sixslots::cli {
namespace {

using scenarios::Plan;
using scenarios::PlanAnswer;
using scenarios::Scenario;

constexpr std::array examples = {
    Example{"sixslots plan page.toml --max page.rows --keep 'click.latency.p95 < 300ms'",
            "how many rows the page may have until clicks wait"},
    Example{"sixslots plan app.toml --min hop.1.workers=1:64",
            "how few workers keep what [expect] says"},
    Example{"sixslots plan app.toml --max fleet.users --frontier hop.1.workers=2:32:x2",
            "how many users each number of workers carries; --html draws it"},
};

std::vector<Option> options() {
  std::vector<Option> all = scenario_options();
  const std::vector<Option> own = {
      {.name = "max",
       .value = "KEY[=LOW:HIGH]",
       .meaning = "the largest number of this key that keeps the conditions; without a range, from "
                  "the scenario's own number on"},
      {.name = "min", .value = "KEY[=LOW:HIGH]", .meaning = "the smallest one"},
      {.name = "keep",
       .value = "CONDITION",
       .meaning = "what must hold, such as 'click.starved == 0'; may be repeated; otherwise what "
                  "the scenario expects",
       .times = Times::any},
      {.name = "frontier",
       .value = "KEY=A,B,...",
       .meaning = "an answer for each value of another key, as --vary takes them"},
      {.name = "html", .value = "FILE", .meaning = "write a page with the answers and a chart"},
      {.name = "json",
       .value = "FILE",
       .meaning = "write the answers as JSON; - prints them instead of the report"},
  };
  all.insert(all.end(), own.begin(), own.end());
  const std::vector<Option> style = style_options();
  all.insert(all.end(), style.begin(), style.end());
  all.push_back(quiet_option());
  return all;
}

scenarios::PlanQuestion question_of(const Arguments& arguments, const Scenario& scenario) {
  const std::optional<std::string> largest = arguments.value("max");
  const std::optional<std::string> smallest = arguments.value("min");
  if (largest.has_value() == smallest.has_value()) {
    throw UsageError("plan takes either --max KEY or --min KEY, such as --max page.rows=1:200");
  }
  return parse_plan_question(largest ? *largest : *smallest, largest.has_value(), scenario);
}

/// `--keep` stands in the place of what the file expects.
void keep(Scenario& scenario, const std::vector<std::string>& conditions) {
  if (conditions.empty()) return;
  scenario.expect.clear();
  for (const std::string& condition : conditions) {
    scenario.expect.push_back(parse_expectation(condition, scenario, {"--keep", 0, 0}));
  }
}

ExitStatus plan(const Arguments& arguments, Console& console) {
  const reports::TerminalStyle style = report_style(arguments, console.around);
  Scenario scenario = asked_scenarios(arguments, console.in).front();
  if (const auto frontier = arguments.value("frontier")) apply_variation(scenario, *frontier);
  keep(scenario, arguments.values("keep"));
  const scenarios::PlanQuestion question = question_of(arguments, scenario);
  refuse_clashes(arguments, std::array<std::string_view, 2>{"html", "json"});
  Output html(arguments.value("html"));
  Output json(arguments.value("json"));
  ProgressLine line(console.err, progress_kind(arguments, console.around),
                    columns_to_fill(console.around));
  const Plan answers =
      plan(scenario, question, shown_on(line), {.threads = asked_threads(arguments)});
  html.write([&] { return reports::plan_html(answers); }, console.out);
  json.write([&] { return reports::plan_json(answers); }, console.out);
  if (!html.takes_standard_output() && !json.takes_standard_output()) {
    console.out << plan_report(answers, style);
  }
  const auto fails = [](const PlanAnswer& a) { return a.kind == PlanAnswer::Kind::nowhere; };
  return std::ranges::all_of(answers.answers, fails) ? ExitStatus::not_met : ExitStatus::fine;
}

}  // namespace

extern const Command plan_command = {
    .name = "plan",
    .summary = "the largest or smallest number of a key that keeps a promise",
    .synopsis = "plan --max KEY | --min KEY [options] FILE",
    .details =
        "Answers for each variant, with a 99 % interval, the numbers beside the answer and the "
        "limit that binds. Exit status 1: the conditions hold at no number, in no variant.",
    .examples = examples,
    .options = options,
    .operands = {.fewest = 1, .most = 1},
    .run = plan,
};

}  // namespace sixslots::cli
