#pragma once

#include "reports/findings.hpp"
#include "reports/sheet.hpp"

namespace sixslots::reports {

/// The findings as numbered paragraphs.
void print_findings(Sheet& sheet, const Study& study);

/// The variants that a finding holds for; nothing where there is only one.
std::string variants_of(const Study& study, const Finding& finding);

}  // namespace sixslots::reports
