#include <fmt/format.h>

#include <array>
#include <map>

#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "cli/stream_file.hpp"
#include "cli/style_options.hpp"
#include "reports/sweep_report.hpp"
#include "scenarios/sweep_lines.hpp"

namespace sixslots::cli {
namespace {

using scenarios::Position;
using scenarios::Sweep;

constexpr std::array examples = {
    Example{"sixslots merge 1.jsonl 2.jsonl 3.jsonl 4.jsonl --jsonl all.jsonl",
            "four parts of a sweep, byte for byte what one machine would have written"},
};

/// The lines of all parts, by the index of their point.
class Union {
 public:
  void add(const std::string& path) {
    const std::vector<std::string> lines = lines_of(path);
    if (lines.empty()) throw scenarios::Error({path, 0, 0}, "this file is empty");
    const scenarios::SweepHeader header = scenarios::parse_sweep_header(lines[0], {path, 1, 1});
    if (header_.empty()) header_ = lines[0];
    if (header_ != lines[0]) {
      throw scenarios::Error({path, 1, 1},
                             "this is a part of another sweep than the first file: scenario, "
                             "options or versions differ");
    }
    sweep_.header = header;
    for (std::size_t i = 1; i < lines.size(); ++i) {
      add(lines[i], {path, static_cast<int>(i) + 1, 1});
    }
  }

  [[nodiscard]] std::string text() const {
    std::string all = header_ + "\n";
    for (const auto& [index, line] : lines_) all += line + "\n";
    return all;
  }

  /// Throws an Error when points are missing.
  Sweep sweep() {
    for (std::size_t i = 0; i < sweep_.header.points; ++i) {
      if (lines_.contains(i)) continue;
      const std::size_t missing = sweep_.header.points - lines_.size();
      throw UsageError(fmt::format("{} of {} points {} missing, the first is number {}", missing,
                                   sweep_.header.points, missing == 1 ? "is" : "are", i));
    }
    for (const auto& [index, line] : lines_) {
      sweep_.points.push_back(scenarios::parse_sweep_point(line, {}));
    }
    return std::move(sweep_);
  }

 private:
  void add(const std::string& line, const Position& position) {
    const scenarios::SweepPoint point = scenarios::parse_sweep_point(line, position);
    if (point.index >= sweep_.header.points) {
      throw scenarios::Error(position,
                             fmt::format("point {} of {}", point.index, sweep_.header.points));
    }
    const auto [known, added] = lines_.emplace(point.index, line);
    if (!added && known->second != line) {
      throw scenarios::Error(position,
                             fmt::format("point {} is in two parts, and differs", point.index));
    }
  }

  std::string header_;
  Sweep sweep_;
  std::map<std::size_t, std::string> lines_;
};

std::vector<Option> options() {
  std::vector<Option> all = {
      {.name = "jsonl",
       .value = "FILE",
       .meaning = "write the whole sweep to FILE; - prints it instead of the report"},
      {.name = "html",
       .value = "FILE",
       .meaning = "write a page with the curves; - prints it instead of the report"},
  };
  const std::vector<Option> style = style_options();
  all.insert(all.end(), style.begin(), style.end());
  return all;
}

ExitStatus merge(const Arguments& arguments, Console& console) {
  const reports::TerminalStyle style = report_style(arguments, console.around);
  Union parts;
  for (const std::string& path : arguments.operands) parts.add(path);
  const Sweep sweep = parts.sweep();
  refuse_clashes(arguments, std::array<std::string_view, 2>{"jsonl", "html"});
  Output lines(arguments.value("jsonl"));
  Output html(arguments.value("html"));
  lines.write([&] { return parts.text(); }, console.out);
  html.write([&] { return reports::sweep_html(sweep); }, console.out);
  if (!lines.takes_standard_output() && !html.takes_standard_output())
    console.out << sweep_report(sweep, style);
  return ExitStatus::fine;
}

}  // namespace

extern const Command merge_command = {
    .name = "merge",
    .summary = "join the parts of a sweep that was simulated on several machines",
    .synopsis = "merge [options] PART...",
    .details =
        "The parts come from sixslots sweep --shard I/N --jsonl FILE. What is written is byte "
        "for byte what one sweep without --shard writes; the report is the same, too.",
    .examples = examples,
    .options = options,
    .operands = {.fewest = 1},
    .run = merge,
};

}  // namespace sixslots::cli
