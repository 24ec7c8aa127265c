#pragma once

#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// Turns `[[tab]]` into what is simulated: the tabs' actions, and a request flow for each name, so
/// that results can speak of them. Event streams and WebSockets are row traffic. Nothing to do for
/// a scenario without `[[tab]]`.
void compile_script(Scenario& scenario);

}  // namespace sixslots::scenarios
