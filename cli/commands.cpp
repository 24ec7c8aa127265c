#include <fmt/format.h>

#include <array>

#include "cli/command.hpp"

namespace sixslots::cli {

extern const Command run_command;
extern const Command report_command;
extern const Command compare_command;
extern const Command check_command;
extern const Command sweep_command;
extern const Command merge_command;
extern const Command plan_command;
extern const Command validate_command;
extern const Command verify_command;
extern const Command list_command;
extern const Command explain_command;
extern const Command init_command;
extern const Command schema_command;
extern const Command version_command;
extern const Command help_command;

namespace {

// A new command is a file in cli/commands/, its declaration above and its row here.
constexpr std::array menu = {
    &run_command,     &compare_command, &check_command,    &sweep_command,   &plan_command,
    &merge_command,   &report_command,  &validate_command, &verify_command,  &list_command,
    &explain_command, &init_command,    &schema_command,   &version_command, &help_command,
};

}  // namespace

std::span<const Command* const> commands() { return menu; }

const Command& command_called(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command* command : commands()) {
    if (command->name == name) return *command;
    names.push_back(command->name);
  }
  throw UsageError(fmt::format("unknown command '{}'{}", name, choice(name, names)));
}

std::vector<Option> no_options() { return {}; }

}  // namespace sixslots::cli
