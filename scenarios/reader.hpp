#pragma once

#include <string>
#include <string_view>

#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// Reads and checks a scenario. All wrong keys and values of the file are reported in one Error;
/// what must hold between several keys is looked at when each of them is right.
Scenario read_scenario_file(const std::string& path);
Scenario read_scenario(std::string_view text, const std::string& file_name);

}  // namespace sixslots::scenarios
