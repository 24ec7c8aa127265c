#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// The answer as one self-contained page: nothing is fetched, no script runs. It has the finding as
/// its title, verdict, variants, charts, findings, a waterfall for the variants that matter most,
/// and what it takes to see the same again. Light, dark and printed on A4.
std::string html_report(const scenarios::Results& results);

}  // namespace sixslots::reports
