#include "cli/help.hpp"

#include <fmt/format.h>

#include "cli/text.hpp"

namespace sixslots::cli {
namespace {

constexpr std::string_view first_scenario = "scenarios/course/01-the-button-that-hangs.toml";

std::string option_names(const Option& option) {
  std::string names = option.letter == '\0' ? "    " : fmt::format("-{}, ", option.letter);
  names += fmt::format("--{}", option.name);
  if (!option.value.empty()) names += fmt::format(" {}", option.value);
  return names;
}

Glossary options_of(const Command& command) {
  Glossary glossary;
  for (const Option& option : command.options()) {
    glossary.entries.emplace_back(option_names(option), option.meaning);
  }
  glossary.entries.emplace_back("-h, --help", "print this");
  return glossary;
}

std::string examples_of(const Command& command, std::size_t width) {
  std::string text;
  for (const Example& example : command.examples) {
    text += fmt::format("  {}\n", example.line);
    if (!example.effect.empty())
      text += fmt::format("      {}\n", wrapped(example.effect, width, 6));
  }
  return text;
}

}  // namespace

std::string overview(std::size_t width) {
  Glossary glossary;
  for (const Command* command : commands()) {
    glossary.entries.emplace_back(command->name, command->summary);
  }
  return fmt::format(
      "sixslots simulates how browsers share connections, and tells why a page's request\n"
      "hangs and which design cures it.\n\n"
      "Usage: sixslots COMMAND [options]\n\n"
      "Commands:\n{}\n"
      "Every command has examples: sixslots help COMMAND, or sixslots COMMAND --help.\n"
      "Exit status: 0 fine, 1 an expectation failed, 2 bad usage or input, 3 internal error.\n\n"
      "Start here:\n  sixslots run {}\n",
      to_text(glossary, width), first_scenario);
}

std::string help_text(const Command& command, std::size_t width) {
  std::string text =
      fmt::format("sixslots {}: {}\n\nUsage: sixslots {}\n\nExamples:\n{}", command.name,
                  command.summary, command.synopsis, examples_of(command, width));
  if (!command.details.empty()) text += fmt::format("\n{}\n", wrapped(command.details, width, 0));
  return text + fmt::format("\nOptions:\n{}", to_text(options_of(command), width));
}

}  // namespace sixslots::cli
