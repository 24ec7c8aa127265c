#include <fmt/format.h>

#include <array>
#include <optional>

#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/scenario_options.hpp"
#include "cli/style_options.hpp"
#include "reports/comparison_report.hpp"
#include "scenarios/experiment.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots compare dashboard.toml --vary page.design=polling,single-stream",
            "which design answers clicks sooner, and by how much"},
    Example{"sixslots compare page.toml --vary page.rows=5,6 --metric click.latency.p95",
            "by the slowest twentieth of the clicks"},
};

std::vector<Option> options() {
  std::vector<Option> all = scenario_options();
  all.push_back({.name = "metric",
                 .value = "NAME",
                 .meaning = "what to compare by; may be repeated; otherwise the mean latency of "
                            "what the user feels, and open connections",
                 .times = Times::any});
  all.push_back({.name = "baseline",
                 .value = "LABEL",
                 .meaning = "the variant that the others are compared with; otherwise the first"});
  all.push_back(
      {.name = "html",
       .value = "FILE",
       .meaning = "write a page with the differences; - prints it instead of the report"});
  all.push_back({.name = "json",
                 .value = "FILE",
                 .meaning = "write the comparison as JSON; - prints it instead of the report"});
  const std::vector<Option> style = style_options();
  all.insert(all.end(), style.begin(), style.end());
  all.push_back(quiet_option());
  return all;
}

std::size_t baseline(const Arguments& arguments, const std::vector<scenarios::Variant>& variants) {
  const std::optional<std::string> wished = arguments.value("baseline");
  if (!wished) return 0;
  std::vector<std::string_view> labels;
  for (const scenarios::Variant& variant : variants) {
    if (variant.label == *wished) return labels.size();
    labels.push_back(variant.label);
  }
  throw UsageError(fmt::format("no variant is called '{}'{}", *wished, choice(*wished, labels)));
}

void check_metrics(const std::vector<std::string>& wished, const scenarios::Scenario& scenario) {
  const std::vector<scenarios::MetricInfo> all = metrics_of(scenario);
  std::vector<std::string_view> names;
  for (const scenarios::MetricInfo& metric : all) names.push_back(metric.name);
  for (const std::string& name : wished) {
    if (find_metric(all, name) != nullptr) continue;
    const std::string near = suggestion(name, names);
    throw UsageError(fmt::format("there is no metric '{}'{}", name,
                                 near.empty() ? "; sixslots list metrics shows all" : near));
  }
}

ExitStatus compare(const Arguments& arguments, Console& console) {
  const reports::TerminalStyle style = report_style(arguments, console.around);
  const scenarios::Scenario scenario = asked_scenarios(arguments, console.in).front();
  const std::vector<scenarios::Variant> all = variants(scenario);
  if (all.size() < 2) {
    throw UsageError("there is one variant only; --vary a key, or add [compare] to the file");
  }
  const reports::ComparisonWish wish{baseline(arguments, all), arguments.values("metric")};
  check_metrics(wish.metrics, scenario);
  refuse_clashes(arguments, std::array<std::string_view, 2>{"html", "json"});
  Output html(arguments.value("html"));
  Output json(arguments.value("json"));
  ProgressLine line(console.err, progress_kind(arguments, console.around),
                    columns_to_fill(console.around));
  const scenarios::Results results =
      run_experiment(scenario, shown_on(line), {.threads = asked_threads(arguments)});
  html.write([&] { return reports::comparison_html(results, wish); }, console.out);
  json.write([&] { return comparison_json(results, wish); }, console.out);
  if (!html.takes_standard_output() && !json.takes_standard_output()) {
    console.out << comparison_report(results, wish, style);
  }
  return ExitStatus::fine;
}

}  // namespace

extern const Command compare_command = {
    .name = "compare",
    .summary = "paired differences of variants, and which are alike",
    .synopsis = "compare [options] FILE",
    .details =
        "All variants meet the same random numbers, so that a difference between them is "
        "not luck. Its interval is Student's over the replications' differences, at the "
        "level at which all intervals hold together with 95 %. Nothing is judged: [expect] is left "
        "to sixslots run and check.",
    .examples = examples,
    .options = options,
    .operands = {.fewest = 1, .most = 1},
    .run = compare,
};

}  // namespace sixslots::cli
