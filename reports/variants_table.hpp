#pragma once

#include "reports/sheet.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// The variants side by side: the flow that the user feels and the page, then the other flows.
void print_variants(Sheet& sheet, const Study& study);

}  // namespace sixslots::reports
