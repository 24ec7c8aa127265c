#include "cli/help.hpp"

#include <array>

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots help", "the commands"},
    Example{"sixslots help run", "one command; sixslots run --help prints the same"},
};

ExitStatus print_help(const Arguments& arguments, Console& console) {
  const auto width = static_cast<std::size_t>(columns_to_fill(console.around));
  if (arguments.operands.empty()) {
    console.out << overview(width);
  } else {
    console.out << help_text(command_called(arguments.operands.front()), width);
  }
  return ExitStatus::fine;
}

}  // namespace

extern const Command help_command = {
    .name = "help",
    .summary = "explain the commands",
    .synopsis = "help [COMMAND]",
    .details = {},
    .examples = examples,
    .options = no_options,
    .operands = {.most = 1},
    .run = print_help,
};

}  // namespace sixslots::cli
