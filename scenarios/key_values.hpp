#pragma once

#include <string>

#include "scenarios/keys.hpp"
#include "scenarios/value.hpp"

namespace sixslots::scenarios {

/// Checks a value and puts it into its place of the scenario; throws an Error that says what is
/// allowed.
void assign(const Key& key, Scenario& scenario, std::size_t index, const Value& value,
            const Subject& subject);

/// The value of a key as TOML text; assign() reads it back.
std::string print_value(const Key& key, Scenario scenario, std::size_t index);

/// What may be written: "a whole number from 1 to 1000".
std::string allowed_values(const Key& key);

}  // namespace sixslots::scenarios
