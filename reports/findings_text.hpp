#pragma once

#include "reports/findings.hpp"
#include "reports/sheet.hpp"

namespace sixslots::reports {

/// The findings as numbered paragraphs.
void print_findings(Sheet& sheet, const Study& study);

}  // namespace sixslots::reports
