#pragma once

#include <string_view>

#include "scenarios/key_paths.hpp"
#include "scenarios/value.hpp"

namespace sixslots::scenarios {

/// Sets a key and notes it among the scenario's settings. A preset, such as a browser's profile,
/// leaves in force what was set besides: it comes first, whenever it is set.
void set(Scenario& scenario, const Address& address, const Value& value);

/// Sets again all keys that begin so, after something else has covered them.
void restore(Scenario& scenario, std::string_view prefix);

/// Where a key was set last; where it was not, the scenario's file.
Position position_of(const Scenario& scenario, std::string_view path);

}  // namespace sixslots::scenarios
