#pragma once

#include <string>

#include "reports/terminal.hpp"
#include "scenarios/sweep.hpp"

namespace sixslots::reports {

/// A complete sweep: what scales with what, in words, and the curves with their knees.
std::string sweep_report(const scenarios::Sweep& sweep, const TerminalStyle& style);

/// The same as a page with the curves drawn.
std::string sweep_html(const scenarios::Sweep& sweep);

}  // namespace sixslots::reports
