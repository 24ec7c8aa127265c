#include "reports/terminal.hpp"

#include <fmt/format.h>

#include "reports/sheet.hpp"
#include "reports/study.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/variants_table.hpp"
#include "reports/verdict.hpp"

namespace sixslots::reports {
namespace {

std::string title_of(const scenarios::Results& results) {
  const std::string& title = results.scenario.title;
  return clean(title.empty() ? results.scenario.file : title);
}

/// What it takes to see the same again.
std::string provenance(const scenarios::Results& results) {
  const scenarios::Scenario& scenario = results.scenario;
  return fmt::format("seed {}, {}, {}, {}, scenario {}, sixslots {}", scenario.run.seed,
                     counted(static_cast<std::uint64_t>(scenario.run.replications), "replication"),
                     setting(scenario.run.duration), scenario.world.browser.name,
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
  sheet.blank();
  sheet.paragraph({}, provenance(results), Ink::dim);
  return sheet.text();
}

}  // namespace sixslots::reports
