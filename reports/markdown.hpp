#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// The answer for a pull request, a wiki or $GITHUB_STEP_SUMMARY: verdict, table of variants,
/// expectations, findings. Names from outside are escaped.
std::string markdown_report(const scenarios::Results& results);

}  // namespace sixslots::reports
