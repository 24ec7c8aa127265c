#pragma once

#include <vector>

#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "reports/terminal.hpp"

namespace sixslots::cli {

/// `--width`, `--ascii` and `--color`, for every command that prints a report.
std::vector<Option> style_options();

/// The style of a report, from the options and the surroundings.
reports::TerminalStyle report_style(const Arguments& arguments, const Surroundings& around);

}  // namespace sixslots::cli
