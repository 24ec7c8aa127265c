#include "reports/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/expectations.hpp"
#include "reports/findings_text.hpp"
#include "reports/precision.hpp"
#include "reports/sheet.hpp"
#include "reports/study.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/variants_table.hpp"
#include "reports/verdict.hpp"
#include "reports/waterfall.hpp"

namespace sixslots::reports {
namespace {

std::string title_of(const scenarios::Results& results) {
  const std::string& title = results.scenario.title;
  return clean(title.empty() ? results.scenario.file : title);
}

void print_waterfalls(Sheet& sheet, const Study& study) {
  if (study.variants.empty() || study.variants[study.worst].result->sample.records.empty()) return;
  sheet.blank();
  print_waterfall(sheet, study, study.variants[study.worst], {});
  if (study.best != study.worst) {
    sheet.blank();
    print_waterfall(sheet, study, study.variants[study.best], {.connections = 3, .requests = 2});
  }
  print_waterfall_legend(sheet);
}

/// What it takes to see the same again.
std::string provenance(const scenarios::Results& results) {
  const scenarios::Scenario& scenario = results.scenario;
  const bool one_browser = std::ranges::find(scenario.compare, "browser.profile",
                                             &scenarios::Axis::key) == scenario.compare.end();
  return fmt::format("seed {}, {}, {}, {}scenario {}, sixslots {}", scenario.run.seed,
                     counted(static_cast<std::uint64_t>(scenario.run.replications), "replication"),
                     short_duration(scenario.run.duration),
                     one_browser ? fmt::format("{}, ", scenario.world.browser.name) : "",
                     results.scenario_hash, results.version);
}

}  // namespace

std::string terminal_report(const scenarios::Results& results, const TerminalStyle& style) {
  const Study subject = study(results);
  Sheet sheet(style);
  sheet.paragraph({}, title_of(results), Ink::strong);
  sheet.blank();
  sheet.paragraph({}, verdict(subject));
  sheet.blank();
  print_variants(sheet, subject);
  print_precision(sheet, subject);
  print_findings(sheet, subject);
  print_waterfalls(sheet, subject);
  print_expectations(sheet, results);
  sheet.blank();
  sheet.paragraph({}, provenance(results), Ink::dim);
  return sheet.text();
}

}  // namespace sixslots::reports
