#pragma once

#include <cstddef>
#include <string>

#include "cli/command.hpp"

namespace sixslots::cli {

/// What `sixslots --help` prints.
std::string overview(std::size_t width);

/// What `sixslots COMMAND --help` prints: examples first, since those are read first.
std::string help_text(const Command& command, std::size_t width);

}  // namespace sixslots::cli
