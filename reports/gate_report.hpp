#pragma once

#include <string>

#include "reports/gate_items.hpp"
#include "reports/terminal.hpp"

namespace sixslots::reports {

/// What passes a gate and what does not, to read in a terminal or a log.
std::string gate_report(const scenarios::GateOutcome& outcome, const TerminalStyle& style);

/// JUnit XML: a testsuite for each scenario, a testcase for each expectation of a variant and each
/// drift. What is undecided counts as skipped, or failed where the gate is strict.
std::string gate_junit(const scenarios::GateOutcome& outcome);

/// Markdown for the summary of a run of GitHub Actions.
std::string gate_markdown(const scenarios::GateOutcome& outcome);

/// Workflow commands of GitHub Actions that put an error or a warning beside the line in question.
std::string gate_annotations(const scenarios::GateOutcome& outcome);

/// JSON, schema sixslots-check/1.
std::string gate_json(const scenarios::GateOutcome& outcome);

}  // namespace sixslots::reports
