#include "cli/program.hpp"

#include <fmt/format.h>

#include <exception>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/interrupt.hpp"
#include "scenarios/error.hpp"

namespace sixslots::cli {
namespace {

bool is_scenario_file(std::string_view word) { return word.ends_with(".toml"); }

/// The complaint about a first word that should have been a command.
std::string misplaced(const std::string& word, std::span<const std::string> arguments) {
  if (is_scenario_file(word)) {
    return fmt::format("'{0}' is no command; to simulate it: sixslots run {0}", word);
  }
  for (const std::string& later : arguments.subspan(1)) {
    for (const Command* command : commands()) {
      if (command->name != later) continue;
      return fmt::format("options come after the command: sixslots {} {} ...", later, word);
    }
  }
  return fmt::format("'{}' is no command", word);
}

ExitStatus dispatch(std::span<const std::string> arguments, Console& console) {
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h") return command_called("help").run({}, console);
  if (first == "--version" || first == "-V") return command_called("version").run({}, console);
  if (first.starts_with('-') || is_scenario_file(first)) {
    throw UsageError(misplaced(first, arguments));
  }
  const Command& command = command_called(first);
  const std::span<const std::string> rest = arguments.subspan(1);
  if (asks_for_help(rest)) {
    console.out << help_text(command, static_cast<std::size_t>(columns_to_fill(console.around)));
    return ExitStatus::fine;
  }
  return command.run(parse(command, rest), console);
}

/// Where the help stands that would have prevented a usage error.
std::string help_line(std::span<const std::string> arguments) {
  for (const Command* command : commands()) {
    if (command->name == arguments.front()) return fmt::format("sixslots help {}", command->name);
  }
  return "sixslots help";
}

ExitStatus guarded(std::span<const std::string> arguments, Console& console) {
  try {
    const ExitStatus status = dispatch(arguments, console);
    console.out.flush();
    if (console.out) return status;
    console.err << "sixslots: standard output cannot be written\n";
    return ExitStatus::bad_input;
  } catch (const UsageError& error) {
    console.err << fmt::format("sixslots: {} (see {})\n", error.what(), help_line(arguments));
    return ExitStatus::bad_input;
  } catch (const scenarios::Error& error) {
    console.err << error.what() << '\n';
    return ExitStatus::bad_input;
  } catch (const Interrupted& interrupted) {
    return interrupted.status;
  } catch (const std::exception& error) {
    console.err << fmt::format(
        "sixslots: internal error: {}\n"
        "This is a fault of sixslots, not of your input. Please report it, with the command and "
        "the scenario.\n",
        error.what());
    return ExitStatus::internal_error;
  }
}

}  // namespace

ExitStatus run_program(std::span<const std::string> arguments, Console console) {
  if (arguments.empty()) {
    console.err << overview(static_cast<std::size_t>(columns_to_fill(console.around)));
    return ExitStatus::bad_input;
  }
  return guarded(arguments, console);
}

}  // namespace sixslots::cli
