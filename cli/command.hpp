#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "cli/exit_status.hpp"

namespace sixslots::cli {

/// A command line to copy, and what it does.
struct Example {
  std::string_view line;
  std::string_view effect;
};

/// How many operands (arguments that are not options) a command takes.
struct OperandCount {
  std::size_t fewest = 0;
  std::size_t most = std::numeric_limits<std::size_t>::max();
};

/// A subcommand. Parsing, help and suggestions all read this.
struct Command {
  std::string_view name;
  std::string_view summary;
  std::string_view synopsis;  ///< what follows "sixslots ": "run [options] FILE..."
  std::string_view details;   ///< a paragraph for its help
  std::span<const Example> examples;
  std::vector<Option> (*options)();
  OperandCount operands;
  ExitStatus (*run)(const Arguments& arguments, Console& console);
};

/// All commands, in the order of the help.
std::span<const Command* const> commands();

/// The command of that name; throws a UsageError that suggests the nearest where there is none.
const Command& command_called(std::string_view name);

/// For a command without options of its own.
std::vector<Option> no_options();

}  // namespace sixslots::cli
