#pragma once

#include "scenarios/error.hpp"
#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// What must hold between the keys of a scenario; each key's own limits have been checked before.
void check(const Scenario& scenario, Problems& problems);

}  // namespace sixslots::scenarios
