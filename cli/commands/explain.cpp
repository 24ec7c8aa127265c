#include "scenarios/explain.hpp"

#include <array>

#include "cli/command.hpp"
#include "scenarios/reference.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots explain", "every key of scenario files"},
    Example{"sixslots explain page.design", "its meaning, values and default"},
    Example{"sixslots explain hop", "a section"},
    Example{"sixslots explain click.latency.p99", "a metric"},
};

std::vector<Option> options() {
  return {{.name = "markdown", .meaning = "print the whole reference as a page of Markdown"}};
}

ExitStatus print_explanation(const Arguments& arguments, Console& console) {
  if (arguments.has("markdown")) {
    if (!arguments.operands.empty()) throw UsageError("--markdown prints all keys, and takes none");
    console.out << scenarios::reference_markdown();
    return ExitStatus::fine;
  }
  console.out << scenarios::explain(arguments.operands.empty() ? "" : arguments.operands.front());
  return ExitStatus::fine;
}

}  // namespace

extern const Command explain_command = {
    .name = "explain",
    .summary = "tell what a key of scenario files, a section or a metric means",
    .synopsis = "explain [KEY]",
    .details = {},
    .examples = examples,
    .options = options,
    .operands = {.most = 1},
    .run = print_explanation,
};

}  // namespace sixslots::cli
