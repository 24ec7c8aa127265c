#pragma once

#include <string>
#include <vector>

#include "reports/terminal.hpp"

namespace sixslots::reports {

/// The first replication of the worst variant, event by event and in words, to be read out in a
/// lesson: what is called, what it waits behind, who has the slots, what each end sets free. The
/// first text is a heading, the last one says what is left when the run ends.
std::vector<std::string> step_report(const scenarios::Results& results, const TerminalStyle& style);

}  // namespace sixslots::reports
