#pragma once

#include <string>
#include <string_view>

#include "scenarios/position.hpp"

namespace sixslots::scenarios {

/// Throws an Error at the first character beyond ASCII outside quotes and comments of TOML text,
/// where none is allowed. toml++ 3.3 looks such a character up in a table of white space, and may
/// reach a place there that its compiler was told is never reached.
void require_plain_bare_text(std::string_view text, const std::string& file);

/// The place behind the text of a file, or of a beginning of it.
Position end_of(std::string_view text, const std::string& file);

}  // namespace sixslots::scenarios
