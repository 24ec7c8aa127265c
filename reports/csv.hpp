#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// A table for spreadsheets and data frames (RFC 4180), one metric of one variant a row:
/// variant, a column for each compared key, metric, unit, value, censored, never. Values are in the
/// base unit; a value is empty where nothing was measured, and a lower bound where censored is 1.
/// Text that a spreadsheet would take for a formula gets an apostrophe before it.
std::string csv_report(const scenarios::Results& results);

}  // namespace sixslots::reports
