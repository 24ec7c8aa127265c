#pragma once

#include <string>

#include "reports/terminal.hpp"
#include "scenarios/planning/plan.hpp"

namespace sixslots::reports {

/// The answers of a plan, what was simulated about them, and which limit binds.
std::string plan_report(const scenarios::Plan& plan, const TerminalStyle& style);

/// The same for programs; schema "sixslots-plan/1".
std::string plan_json(const scenarios::Plan& plan);

/// The same as a page, with a frontier where a compared key is a number.
std::string plan_html(const scenarios::Plan& plan);

}  // namespace sixslots::reports
