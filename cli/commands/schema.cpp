#include <array>

#include "cli/command.hpp"
#include "scenarios/json_schema.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots schema > scenario.schema.json", "a file for the editor"},
    Example{"#:schema ./scenario.schema.json",
            "as the first line of a scenario: editors with Taplo (such as VS Code with Even Better "
            "TOML) then complete its keys and underline what is wrong"},
};

ExitStatus print_schema(const Arguments& /*arguments*/, Console& console) {
  console.out << scenarios::json_schema();
  return ExitStatus::fine;
}

}  // namespace

extern const Command schema_command = {
    .name = "schema",
    .summary = "print the JSON schema of scenario files, for editors",
    .synopsis = "schema",
    .details = {},
    .examples = examples,
    .options = no_options,
    .operands = {.most = 0},
    .run = print_schema,
};

}  // namespace sixslots::cli
