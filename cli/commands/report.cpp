#include <fmt/format.h>

#include <array>
#include <iterator>

#include "cli/command.hpp"
#include "cli/formats.hpp"
#include "cli/style_options.hpp"
#include "reports/saved/saved_results.hpp"
#include "scenarios/error.hpp"
#include "scenarios/text_file.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots run dashboard.toml --json results.json --records",
            "simulate, and keep everything that a report can be made of"},
    Example{"sixslots report results.json", "the same report again"},
    Example{"sixslots report results.json --html report.html --har page.har",
            "other formats, without simulating again"},
    Example{"sixslots report results.json --csv - > metrics.csv",
            "metrics alone, which every JSON report has"},
};

std::vector<Option> options() {
  std::vector<Option> all = format_options();
  const std::vector<Option> style = style_options();
  all.insert(all.end(), style.begin(), style.end());
  return all;
}

std::string contents(const std::string& path, std::istream& in) {
  if (path == "-") return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  std::string text = scenarios::read_text_file(path);
  if (text.empty()) throw scenarios::Error({path, 0, 0}, "cannot be read: empty");
  return text;
}

void check_records(const reports::SavedResults& saved, const Outputs& outputs,
                   const std::string& file) {
  if (saved.has_records) return;
  std::vector<std::string_view> needing = outputs.needing_records();
  if (!outputs.take_standard_output()) needing.push_back("the report for the terminal");
  if (needing.empty()) return;
  throw scenarios::Error(
      {file, 0, 0},
      fmt::format("was written without --records, which {} needs; --csv - can be made of it",
                  needing.front()));
}

ExitStatus report(const Arguments& arguments, Console& console) {
  const reports::TerminalStyle style = report_style(arguments, console.around);
  const std::string& path = arguments.operands.front();
  const std::string file = path == "-" ? "standard input" : path;
  const reports::SavedResults saved = reports::read_results(contents(path, console.in), file);
  Outputs outputs(arguments);
  check_records(saved, outputs, file);
  outputs.write(saved.results, console);
  if (!outputs.take_standard_output()) {
    console.out << terminal_report(saved.results, style) << std::flush;
  }
  return ExitStatus::fine;
}

}  // namespace

extern const Command report_command = {
    .name = "report",
    .summary = "print saved results again, in any format",
    .synopsis = "report [options] RESULTS.json",
    .details =
        "RESULTS.json is what \"sixslots run --json RESULTS.json --records\" wrote; - is standard "
        "input. What is made of it has the same bytes as if the run itself had made it.",
    .examples = examples,
    .options = options,
    .operands = {.fewest = 1, .most = 1},
    .run = report,
};

}  // namespace sixslots::cli
