#include "reports/expectations.hpp"

#include <fmt/format.h>

#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

/// "FAIL click.starved == 0: 119 (dashboard.toml:12)"
void print_verdict(Sheet& sheet, const scenarios::Verdict& verdict, std::string_view label) {
  const scenarios::Expectation& expectation = verdict.expectation;
  std::string text = clean(fmt::format("{} {}  ", expectation.metric, expectation.text));
  if (!label.empty()) text += fmt::format("{}: ", clean(label));
  text += fmt::format("{}{}", verdict.holds ? "" : "got ", short_value(verdict.measured));
  const scenarios::Position& place = expectation.position;
  if (!verdict.holds && place.line > 0) {
    text += fmt::format(" ({}:{})", clean(place.file), place.line);
  }
  const Ink ink = verdict.holds ? Ink::good : Ink::bad;
  sheet.paragraph({verdict.holds ? "PASS " : "FAIL ", ink}, text);
}

}  // namespace

void print_expectations(Sheet& sheet, const scenarios::Results& results) {
  bool first = true;
  for (const scenarios::VariantResult& result : results.variants) {
    const bool several = results.variants.size() > 1;
    for (const scenarios::Verdict& verdict : result.verdicts) {
      if (first) {
        sheet.blank();
        sheet.line("Expectations", Ink::strong);
      }
      first = false;
      print_verdict(sheet, verdict, several ? result.variant.label : "");
    }
  }
}

}  // namespace sixslots::reports
