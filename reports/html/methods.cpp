#include <fmt/format.h>

#include <algorithm>

#include "reports/charts/svg.hpp"
#include "reports/html/sections.hpp"
#include "reports/provenance.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

constexpr int few_replications = 5;
constexpr std::uint64_t few_requests = 30;

std::string entry(std::string_view name, std::string_view value) {
  return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, escaped(value));
}

/// Reasons to doubt the numbers.
std::vector<std::string> warnings(const Study& study) {
  std::vector<std::string> all;
  const int fewest = replications_of(*study.results).fewest;
  if (fewest < few_replications) {
    all.push_back(fmt::format("Only {}: what differs from run to run is hardly seen.",
                              counted(static_cast<std::uint64_t>(fewest), "replication")));
  }
  std::uint64_t censored = 0;
  std::uint64_t requests = few_requests;
  for (const VariantView& view : study.variants) {
    if (!study.has_flow()) break;
    censored += study.felt(view).statistics->censored;
    requests = std::min(requests, study.felt(view).statistics->count);
  }
  if (requests < few_requests && study.has_flow()) {
    all.push_back(fmt::format("A variant has only {}: high percentiles rest on few of them.",
                              counted(requests, "measured request")));
  }
  if (censored > 0) {
    all.push_back(fmt::format(
        "{} had not ended when the run did. They count as at least their age: percentiles among "
        "them are bounds, or “never”, and no average is taken over them.",
        counted(censored, "request")));
  }
  all.push_back(
      "Simulated, not measured. Other traffic on the way and the page’s own computing are not "
      "modelled.");
  return all;
}

/// What options changed of the file.
std::string changes(const scenarios::Scenario& scenario) {
  std::string text;
  const auto add = [&](std::string_view key, std::string_view value) {
    text += fmt::format("{}{} = {}", text.empty() ? "" : "; ", key, value);
  };
  for (const scenarios::Setting& setting : scenario.settings) {
    if (setting.position.file == "--set") add(setting.key, setting.value);
  }
  for (const scenarios::Axis& axis : scenario.compare) {
    if (axis.position.file == "--vary")
      add(axis.key, fmt::format("{}", fmt::join(axis.values, ", ")));
  }
  return text;
}

}  // namespace

std::string methods_section(const Study& study) {
  const scenarios::Results& results = *study.results;
  const scenarios::Scenario& scenario = results.scenario;
  std::string html = "<section><h2>How this was made</h2>\n<dl>\n";
  html += entry("scenario", fmt::format("{} (hash {})", scenario.file, results.scenario_hash));
  const std::string changed = changes(scenario);
  if (!changed.empty()) html += entry("changed by options", changed);
  html += entry("simulated", fmt::format("{} of {}, seed {}", replications_of(results).text(),
                                         short_duration(scenario.run.duration), scenario.run.seed));
  if (scenario.run.left_out() > sim::Duration::zero()) {
    html += entry("warm-up", fmt::format("{}, left out", short_duration(scenario.run.left_out())));
  }
  html += entry("browser", scenario.world.browser.name);
  html += entry("program", fmt::format("sixslots {}", results.version));
  html += "</dl>\n<h3>Warnings</h3>\n<ul>\n";
  for (const std::string& warning : warnings(study)) {
    html += fmt::format("<li>{}</li>\n", escaped(warning));
  }
  html += "</ul>\n";
  if (!scenario.text.empty()) {
    html += fmt::format("<h3>The scenario</h3>\n<pre>{}</pre>\n", escaped_lines(scenario.text));
  }
  return html + "</section>\n";
}

}  // namespace sixslots::reports
