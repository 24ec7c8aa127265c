#include <array>

#include "cli/command.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots version", "for a report of a fault"},
    Example{"sixslots --version", "the same"},
};

ExitStatus print_version(const Arguments& /*arguments*/, Console& console) {
  console.out << "sixslots " SIXSLOTS_VERSION "\n";
  return ExitStatus::fine;
}

}  // namespace

extern const Command version_command = {
    .name = "version",
    .summary = "print the version",
    .synopsis = "version",
    .details = {},
    .examples = examples,
    .options = no_options,
    .operands = {.most = 0},
    .run = print_version,
};

}  // namespace sixslots::cli
