#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_file.hpp"
#include "cli/style_options.hpp"
#include "reports/accuracy_page.hpp"
#include "reports/validation_report.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots validate cases.json", "every case of the file"},
    Example{"sixslots validate cases.json --case firefox/ws-1", "that case alone"},
    Example{"sixslots validate cases.json --json result.json", "also all arrivals, for a program"},
    Example{"sixslots validate cases.json --markdown accuracy.md", "also a page for readers"},
};

std::vector<Option> options() {
  std::vector<Option> all = {
      {.name = "case", .value = "KEY", .meaning = "only the case of that key"},
      {.name = "json",
       .value = "FILE",
       .meaning = "write the judgements to FILE as JSON; - prints them"},
      {.name = "markdown",
       .value = "FILE",
       .meaning = "write a page about the accuracy to FILE; - prints it"},
      {.name = "known",
       .value = "FILE",
       .meaning = "why some cases do not hold, for that page (JSON)"},
  };
  const std::vector<Option> style = style_options();
  all.insert(all.end(), style.begin(), style.end());
  return all;
}

void keep_only(std::vector<scenarios::MeasuredCase>& cases, const std::string& key) {
  std::vector<std::string_view> keys;
  for (const scenarios::MeasuredCase& one : cases) keys.push_back(one.key);
  const std::string advice = suggestion(key, keys);
  std::erase_if(cases, [&](const scenarios::MeasuredCase& one) { return one.key != key; });
  if (cases.empty()) throw UsageError(fmt::format("no case has the key '{}'{}", key, advice));
}

ExitStatus validate(const Arguments& arguments, Console& console) {
  const reports::TerminalStyle style = report_style(arguments, console.around);
  std::vector<scenarios::MeasuredCase> cases =
      scenarios::read_cases_file(arguments.operands.front());
  if (const auto key = arguments.value("case")) keep_only(cases, *key);
  std::vector<scenarios::KnownDifference> known;
  if (const auto path = arguments.value("known")) known = scenarios::read_known_differences(*path);
  Output json(arguments.value("json"));
  Output markdown(arguments.value("markdown"));
  std::vector<scenarios::JudgedCase> judged;
  for (const scenarios::MeasuredCase& one : cases) {
    throw_if_interrupted();
    judged.push_back(scenarios::replay(one));
  }
  std::string command = "sixslots validate " + arguments.operands.front();
  for (const char* option : {"known", "markdown"}) {
    if (const auto value = arguments.value(option))
      command += fmt::format(" --{} {}", option, *value);
  }
  json.write([&] { return reports::validation_json(judged); }, console.out);
  markdown.write(
      [&] {
        return reports::accuracy_page(judged, known, scenarios::speeds_of_failing(cases, judged),
                                      command);
      },
      console.out);
  if (!json.takes_standard_output() && !markdown.takes_standard_output()) {
    console.out << reports::validation_report(judged, style);
  }
  const bool all_hold = std::ranges::all_of(judged, &scenarios::JudgedCase::passed);
  return all_hold ? ExitStatus::fine : ExitStatus::not_met;
}

}  // namespace

extern const Command validate_command = {
    .name = "validate",
    .summary = "replay pages that were measured in real browsers, and compare",
    .synopsis = "validate [options] CASES.json",
    .details =
        "Each case is a page with timed actions and what a real browser did with it. Exit status 1 "
        "says that some case does not hold.",
    .examples = examples,
    .options = options,
    .operands = {.fewest = 1, .most = 1},
    .run = validate,
};

}  // namespace sixslots::cli
