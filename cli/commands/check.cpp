#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "cli/baseline_files.hpp"
#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/scenario_options.hpp"
#include "cli/style_options.hpp"
#include "reports/gate_report.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/metrics.hpp"

namespace sixslots::cli {
namespace {

using scenarios::Gated;
using scenarios::GateOutcome;
using scenarios::Scenario;

constexpr std::array examples = {
    Example{"sixslots check dashboard.toml", "does [expect] hold, as far as one can tell"},
    Example{"sixslots check pages/*.toml --baseline baselines --update-baseline",
            "keep what each page measures; commit the files"},
    Example{"sixslots check pages/*.toml --baseline baselines --junit check.xml",
            "and has anything moved since"},
    Example{"sixslots check pages/*.toml --github --markdown \"$GITHUB_STEP_SUMMARY\"",
            "in a workflow of GitHub Actions"},
};

/// A view of the outcome, written where its option says.
struct View {
  Option option;
  std::string (*render)(const GateOutcome& outcome);
};

constexpr std::array views = {
    View{.option = {.name = "junit",
                    .value = "FILE",
                    .meaning = "write JUnit XML, which every CI system shows"},
         .render = reports::gate_junit},
    View{.option = {.name = "markdown",
                    .value = "FILE",
                    .meaning = "write a summary as Markdown, what fails first"},
         .render = reports::gate_markdown},
    View{.option = {.name = "json",
                    .value = "FILE",
                    .meaning = "write everything as JSON; - prints it instead of the report"},
         .render = reports::gate_json},
};

std::vector<Option> options() {
  std::vector<Option> all = {
      {.name = "baseline",
       .value = "PATH",
       .meaning = "also compare with what was measured before: a file, or a folder with a file for "
                  "each scenario"},
      {.name = "update-baseline", .meaning = "write the baseline anew; a drift then does not fail"},
      {.name = "tolerance",
       .value = "PERCENT",
       .meaning = "a measure may move by so much of its former value: 2 or 2%; otherwise by "
                  "nothing but chance"},
      {.name = "quick", .meaning = "the first five replications only, also of the baseline"},
      {.name = "strict", .meaning = "what is undecided fails"},
  };
  for (const View& view : views) all.push_back(view.option);
  all.push_back({.name = "github",
                 .meaning = "also print annotations for GitHub Actions, which shows them beside "
                            "the lines in question"});
  for (const std::vector<Option>& more : {scenario_options(), style_options()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  all.push_back(quiet_option());
  return all;
}

/// The files of the views that are asked for.
class Views {
 public:
  explicit Views(const Arguments& arguments) {
    std::vector<std::string_view> names;
    for (const View& view : views) names.push_back(view.option.name);
    refuse_clashes(arguments, names);
    for (const std::string_view name : names) {
      const Output& output = outputs_.emplace_back(arguments.value(name));
      printed_ = printed_ || output.takes_standard_output();
    }
  }

  [[nodiscard]] bool take_standard_output() const { return printed_; }

  void write(const GateOutcome& outcome, Console& console) {
    for (std::size_t i = 0; i < views.size(); ++i) {
      outputs_[i].write([&] { return views[i].render(outcome); }, console.out);
    }
  }

 private:
  std::vector<Output> outputs_;
  bool printed_ = false;
};

double tolerance(const Arguments& arguments) {
  const std::optional<std::string> given = arguments.value("tolerance");
  if (!given) return 0.0;
  std::string_view text = *given;
  if (text.ends_with('%')) text.remove_suffix(1);
  if (text.ends_with(' ')) text.remove_suffix(1);
  double percent = -1.0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), percent);
  if (fault != std::errc{} || stop != text.data() + text.size() || !(percent >= 0.0) ||
      percent > 1000.0) {
    throw UsageError(
        fmt::format("--tolerance needs a percentage from 0 to 1000, not '{}'", *given));
  }
  return percent / 100.0;
}

/// The baselines that the options name, ready to be compared with or written; nothing where they
/// name none.
std::optional<BaselineFiles> baselines(const Arguments& arguments,
                                       const std::vector<Scenario>& all) {
  const bool update = arguments.has("update-baseline");
  const std::optional<std::string> path = arguments.value("baseline");
  if (!path) {
    for (const char* option : {"update-baseline", "tolerance"}) {
      if (!arguments.has(option)) continue;
      throw UsageError(fmt::format("--{} is about a baseline; name it with --baseline", option));
    }
    return std::nullopt;
  }
  if (update && arguments.has("quick")) {
    throw UsageError("a baseline needs all replications; leave out --quick");
  }
  std::vector<std::string> names;
  for (const Scenario& scenario : all) names.push_back(scenario.file);
  BaselineFiles files(*path, names);
  files.read();
  if (update) {
    files.open_to_write();
  } else {
    files.require_all();
  }
  return files;
}

Gated gated(const scenarios::Results& results) {
  Gated one;
  one.title = results.scenario.title;
  one.file = results.scenario.file;
  one.hash = results.scenario_hash;
  one.version = results.version;
  one.seed = results.scenario.run.seed;
  // More than asked for where a precision is.
  for (const scenarios::VariantResult& variant : results.variants) {
    one.replications = std::max(one.replications, variant.replications);
    for (const scenarios::Verdict& verdict : variant.verdicts) {
      one.expectations.push_back({verdict, variant.variant.label});
    }
  }
  return one;
}

ExitStatus check(const Arguments& arguments, Console& console) {
  const reports::TerminalStyle style = report_style(arguments, console.around);
  std::vector<Scenario> all = asked_scenarios(arguments, console.in);
  const double tolerated = tolerance(arguments);
  std::optional<BaselineFiles> files = baselines(arguments, all);
  Views outputs(arguments);
  GateOutcome outcome;
  if (arguments.has("strict")) outcome.strictness = scenarios::Strictness::strict;
  outcome.quick = arguments.has("quick");
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (outcome.quick) make_quick(all[i]);
    ProgressLine line(console.err, progress_kind(arguments, console.around),
                      columns_to_fill(console.around));
    const scenarios::Results results = run_experiment(
        all[i], shown_on(line), {.threads = asked_threads(arguments), .keep_samples = false});
    Gated& one = outcome.scenarios.emplace_back(gated(results));
    if (!files) continue;
    one.baseline = files->path(i);
    if (files->baseline(i)) one.drift = drift_from(*files->baseline(i), results, tolerated);
    one.updated = arguments.has("update-baseline");
    if (one.updated) files->write(i, baseline_of(results));
  }
  outputs.write(outcome, console);
  if (!outputs.take_standard_output()) console.out << reports::gate_report(outcome, style);
  if (arguments.has("github")) {
    (outputs.take_standard_output() ? console.err : console.out)
        << reports::gate_annotations(outcome);
  }
  return outcome.passes() ? ExitStatus::fine : ExitStatus::not_met;
}

}  // namespace

extern const Command check_command = {
    .name = "check",
    .summary = "the gate for CI: do expectations hold, has anything moved",
    .synopsis = "check [options] FILE...",
    .details =
        "An expectation holds when the whole 95 % interval of its metric is on the right side of "
        "the limit, and fails when all of it is on the wrong one. In between it is undecided, "
        "which is a warning, or with --strict a failure. Counts, extremes and what no replication "
        "differs in are judged by their value. Against a baseline, replications are compared in "
        "pairs that share their random numbers: a measure has moved when the 99.9 % interval of "
        "the differences leaves out 0. Exit status 1 says that the gate is closed.",
    .examples = examples,
    .options = options,
    .operands = {.fewest = 1},
    .run = check,
};

}  // namespace sixslots::cli
