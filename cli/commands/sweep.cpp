#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/scenario_options.hpp"
#include "cli/stream_file.hpp"
#include "cli/style_options.hpp"
#include "reports/sweep_report.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/sweep_lines.hpp"

namespace sixslots::cli {
namespace {

using scenarios::Sweep;
using scenarios::SweepPoint;
using scenarios::Variant;

constexpr std::array examples = {
    Example{"sixslots sweep dashboard.toml --vary page.rows=1:64",
            "how open connections grow with rows, and where the button begins to hang"},
    Example{"sixslots sweep page.toml --vary page.rows=1:64:x2 --vary browser.tabs=1,2,3",
            "1, 2, 4, ... 64 rows in up to three tabs"},
    Example{"sixslots sweep dashboard.toml --vary page.rows=1:64 --jsonl rows.jsonl",
            "keeps every point as it comes; the same command goes on where it was interrupted"},
    Example{"sixslots sweep page.toml --vary page.rows=1:64 --shard 2/4 --jsonl 2.jsonl",
            "the second of four parts, for another machine; sixslots merge joins them"},
};

/// `--shard 2/4`: the points whose index is 1 modulo 4.
struct Shard {
  std::size_t number = 1;
  std::size_t count = 1;

  [[nodiscard]] bool whole() const { return count == 1; }
  [[nodiscard]] bool has(std::size_t index) const { return index % count == number - 1; }
};

Shard shard_of(const Arguments& arguments) {
  const std::optional<std::string> text = arguments.value("shard");
  if (!text) return {};
  Shard shard;
  const char* end = text->data() + text->size();
  const auto [slash, fault] = std::from_chars(text->data(), end, shard.number);
  const bool first = fault == std::errc{} && slash != end && *slash == '/';
  const auto [stop, other] = std::from_chars(first ? slash + 1 : end, end, shard.count);
  if (!first || other != std::errc{} || stop != end || shard.number < 1 ||
      shard.number > shard.count) {
    throw UsageError(
        fmt::format("--shard takes a part and the number of parts, such as 2/4, not "
                    "'{}'",
                    *text));
  }
  return shard;
}

/// Where the lines go: a file that may hold some of them from before, standard output, or nowhere.
class Lines {
 public:
  Lines(const std::optional<std::string>& path, Console& console) : console_(console) {
    if (path == "-") to_output_ = true;
    if (path && path != "-") file_.emplace(*path);
  }

  [[nodiscard]] bool to_output() const { return to_output_; }

  /// The points that are there, after a header that must be this one, and in this order.
  std::vector<SweepPoint> begin(const std::string& header, const std::vector<std::size_t>& order) {
    std::vector<SweepPoint> points;
    if (!file_ || file_->lines().empty()) {
      append(header);
      return points;
    }
    if (file_->lines().front() != header) {
      throw UsageError(
          fmt::format("{} holds another sweep; name another file, or remove it", file_->path()));
    }
    for (std::size_t i = 1; i < file_->lines().size(); ++i) {
      const scenarios::Position position{file_->path(), static_cast<int>(i) + 1, 1};
      points.push_back(scenarios::parse_sweep_point(file_->lines()[i], position));
      if (i <= order.size() && points.back().index == order[i - 1]) continue;
      throw scenarios::Error(position, "this point is not the one that comes next in this sweep");
    }
    return points;
  }

  void append(const std::string& line) {
    if (file_) file_->append(line);
    if (to_output_) console_.out << line << '\n' << std::flush;
  }

 private:
  Console& console_;
  std::optional<StreamFile> file_;
  bool to_output_ = false;
};

std::vector<Option> options() {
  std::vector<Option> all = scenario_options();
  all.push_back({.name = "jsonl",
                 .value = "FILE",
                 .meaning = "write a line of JSON for each point as it comes, and go on where FILE "
                            "ends; - prints them instead of the report"});
  all.push_back({.name = "html",
                 .value = "FILE",
                 .meaning = "write a page with the curves; - prints it instead of the report"});
  all.push_back({.name = "shard",
                 .value = "I/N",
                 .meaning = "only the I-th of N parts of the points; needs --jsonl"});
  const std::vector<Option> style = style_options();
  all.insert(all.end(), style.begin(), style.end());
  all.push_back(quiet_option());
  return all;
}

ExitStatus sweep(const Arguments& arguments, Console& console) {
  const reports::TerminalStyle style = report_style(arguments, console.around);
  const scenarios::Scenario scenario = asked_scenarios(arguments, console.in).front();
  const Shard shard = shard_of(arguments);
  if (scenario.compare.empty()) {
    throw UsageError("nothing varies; add --vary page.rows=1:64, or [compare] to the file");
  }
  if (!shard.whole() && !arguments.has("jsonl")) {
    throw UsageError("--shard needs --jsonl: one part has no report of its own");
  }
  if (!shard.whole() && arguments.has("html")) {
    throw UsageError("one part has no page of its own; give --html to sixslots merge");
  }
  const std::vector<Variant> all = variants(scenario);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (shard.has(i)) order.push_back(i);
  }
  refuse_clashes(arguments, std::array<std::string_view, 2>{"jsonl", "html"});
  Lines lines(arguments.value("jsonl"), console);
  Output html(arguments.value("html"));
  const bool prints = lines.to_output() || html.takes_standard_output();
  Sweep sweep{sweep_header(scenario, all.size()), {}};
  sweep.points = lines.begin(to_line(sweep.header), order);
  std::vector<Variant> rest;
  for (std::size_t i = sweep.points.size(); i < order.size(); ++i) rest.push_back(all[order[i]]);
  {
    ProgressLine line(console.err, progress_kind(arguments, console.around),
                      columns_to_fill(console.around));
    const auto take = [&](scenarios::VariantResult&& result) {
      sweep.points.push_back(sweep_point(order[sweep.points.size()], result));
      lines.append(to_line(sweep.points.back()));
    };
    const scenarios::Effort effort{.threads = asked_threads(arguments), .keep_samples = false};
    simulate(rest, shown_on(line), effort, take);
  }
  html.write([&] { return reports::sweep_html(sweep); }, console.out);
  if (!prints && shard.whole()) console.out << sweep_report(sweep, style);
  return ExitStatus::fine;
}

}  // namespace

extern const Command sweep_command = {
    .name = "sweep",
    .summary = "a curve over a key: what scales with it, and where the knee is",
    .synopsis = "sweep [options] FILE",
    .details =
        "Says how many open connections each row or tab costs, with its interval, and where "
        "latency begins to rise. --vary takes lists (1,2,5), ranges (1:64, 10:100:10, "
        "10/s:90/s:20/s) and steps that multiply (1:64:x2).",
    .examples = examples,
    .options = options,
    .operands = {.fewest = 1, .most = 1},
    .run = sweep,
};

}  // namespace sixslots::cli
