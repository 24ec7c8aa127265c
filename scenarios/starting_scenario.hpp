#pragma once

#include <string>

namespace sixslots::scenarios {

/// A complete scenario to start from, as TOML: every key with its meaning and default. Keys that a
/// preset sets, and others that most scenarios do not need, are commented out.
std::string starting_scenario();

}  // namespace sixslots::scenarios
