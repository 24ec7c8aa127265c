#include "reports/findings_text.hpp"

#include <fmt/format.h>

#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

void print_part(Sheet& sheet, std::string_view head, std::string_view text) {
  if (text.empty()) return;
  sheet.paragraph({left_aligned(fmt::format("   {}", head), 11), Ink::dim}, text);
}

}  // namespace

std::string variants_of(const Study& study, const Finding& finding) {
  if (study.variants.size() == 1) return {};
  std::string text = name_of(study.variants[finding.variant]);
  if (!finding.also.empty()) text += "; also " + name_of(study, finding.also, "and");
  return text;
}

void print_findings(Sheet& sheet, const Study& study) {
  const std::vector<Finding> all = findings(study);
  if (all.empty()) return;
  sheet.blank();
  sheet.line("Findings", Ink::strong);
  int number = 0;
  for (const Finding& finding : all) {
    sheet.paragraph({fmt::format("{:>2} ", ++number), Ink::strong}, finding.what, Ink::strong);
    print_part(sheet, "with", variants_of(study, finding));
    print_part(sheet, "seen in", finding.evidence);
    print_part(sheet, "because", finding.why);
    print_part(sheet, "change", finding.change);
  }
}

}  // namespace sixslots::reports
