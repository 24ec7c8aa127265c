#pragma once

#include <string>

#include "reports/terminal.hpp"
#include "scenarios/theory/verification.hpp"

namespace sixslots::reports {

/// Simulated against theory: a table by group of queues, what does not hold, and the queues that no
/// scenario can express.
std::string verification_report(const scenarios::theory::Verification& verification,
                                const TerminalStyle& style);

/// The same as JSON, `"schema": "sixslots-verification/1"`. Values in seconds, shares and counts.
std::string verification_json(const scenarios::theory::Verification& verification);

}  // namespace sixslots::reports
