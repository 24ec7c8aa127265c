#pragma once

#include "reports/sheet.hpp"
#include "scenarios/results.hpp"

namespace sixslots::reports {

/// What was expected, and whether it holds: PASS or FAIL, what was measured, where it stands.
void print_expectations(Sheet& sheet, const scenarios::Results& results);

}  // namespace sixslots::reports
