#pragma once

#include <string_view>

#include "models/progress.hpp"
#include "scenarios/error.hpp"
#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// Why a variant of this label cannot be simulated, and what to change.
Error endless(const Scenario& scenario, std::string_view label, const models::Endless& why);

}  // namespace sixslots::scenarios
