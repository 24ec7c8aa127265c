#include "reports/terminal.hpp"

#include "reports/closed_forms.hpp"
#include "reports/expectations.hpp"
#include "reports/findings_text.hpp"
#include "reports/fleet.hpp"
#include "reports/path_matrix.hpp"
#include "reports/precision.hpp"
#include "reports/provenance.hpp"
#include "reports/sheet.hpp"
#include "reports/storm.hpp"
#include "reports/study.hpp"
#include "reports/variants_table.hpp"
#include "reports/verdict.hpp"
#include "reports/walls_table.hpp"
#include "reports/waterfall.hpp"

namespace sixslots::reports {
namespace {

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

}  // namespace

std::string terminal_report(const scenarios::Results& results, const TerminalStyle& style) {
  const Study subject = study(results);
  Sheet sheet(style);
  sheet.paragraph({}, title_of(results), Ink::strong);
  sheet.blank();
  sheet.paragraph({}, verdict(subject));
  if (results.interrupted) sheet.paragraph({}, interruption(results), Ink::bad);
  sheet.blank();
  print_variants(sheet, subject);
  print_path_matrices(sheet, subject);
  print_walls(sheet, subject);
  print_storms(sheet, subject);
  print_fleet(sheet, subject);
  print_precision(sheet, subject);
  print_closed_forms(sheet, subject);
  print_findings(sheet, subject);
  print_waterfalls(sheet, subject);
  print_expectations(sheet, results);
  sheet.blank();
  sheet.paragraph({}, provenance(results), Ink::dim);
  return sheet.text();
}

}  // namespace sixslots::reports
