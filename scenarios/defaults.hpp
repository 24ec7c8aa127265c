#pragma once

#include <string>
#include <string_view>

#include "scenarios/keys.hpp"

namespace sixslots::scenarios {

/// The value of a key that is not set, as TOML text; empty for a key that has none.
std::string default_value(const Key& key);

/// A value that shows how the key is used; of most keys, the default.
std::string example_value(const Key& key);

/// The value of a key when its section's preset is this one: of "browser.http2_streams_cap" and
/// "chrome".
std::string value_of_preset(const Key& key, std::string_view preset);

}  // namespace sixslots::scenarios
