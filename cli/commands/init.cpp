#include <fmt/format.h>

#include <array>
#include <filesystem>

#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "scenarios/starting_scenario.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots init dashboard.toml", "write a scenario to change, with comments"},
    Example{"sixslots init", "print it"},
    Example{"sixslots init dashboard.toml --force", "replace what is there"},
};

std::vector<Option> options() {
  return {{.name = "force", .meaning = "replace a file that exists"}};
}

ExitStatus write_scenario(const Arguments& arguments, Console& console) {
  if (arguments.operands.empty()) {
    console.out << scenarios::starting_scenario();
    return ExitStatus::fine;
  }
  const std::string& path = arguments.operands.front();
  std::error_code error;
  const bool in_place = is_written_in_place(path);  // replaces nothing, and cannot be run
  if (!in_place && !arguments.has("force") && std::filesystem::exists(path, error)) {
    throw UsageError(fmt::format("{} exists already; --force replaces it", path));
  }
  OutputFile(path).write(scenarios::starting_scenario());
  if (!in_place) console.err << fmt::format("Wrote {0}. Now: sixslots run {0}\n", path);
  return ExitStatus::fine;
}

}  // namespace

extern const Command init_command = {
    .name = "init",
    .summary = "write a commented scenario to start from",
    .synopsis = "init [FILE] [--force]",
    .details = {},
    .examples = examples,
    .options = options,
    .operands = {.most = 1},
    .run = write_scenario,
};

}  // namespace sixslots::cli
