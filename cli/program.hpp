#pragma once

#include <span>
#include <string>

#include "cli/console.hpp"
#include "cli/exit_status.hpp"

namespace sixslots::cli {

/// The whole program: `arguments` are the words after its name. Throws nothing.
ExitStatus run_program(std::span<const std::string> arguments, Console console);

}  // namespace sixslots::cli
