#include <fmt/format.h>

#include <boost/program_options.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"

namespace sixslots::cli {
namespace {

namespace po = boost::program_options;

po::options_description described(const std::vector<Option>& options) {
  po::options_description description;
  for (const Option& option : options) {
    std::string names(option.name);
    if (option.letter != '\0') names += fmt::format(",{}", option.letter);
    if (option.value.empty()) {
      description.add_options()(names.c_str(), "");
    } else {
      description.add_options()(names.c_str(), po::value<std::string>(), "");
    }
  }
  return description;
}

/// The names with their dashes, for suggestions.
std::string unknown(const std::string& name, const std::vector<Option>& options) {
  std::vector<std::string> names = {"--help"};
  for (const Option& option : options) names.push_back(fmt::format("--{}", option.name));
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return fmt::format("unknown option '{}'{}", name, suggestion(name, candidates));
}

po::parsed_options parsed(const Command& command, std::span<const std::string> words) {
  const std::vector<Option> options = command.options();
  const po::options_description description = described(options);
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  try {
    return po::command_line_parser(std::vector<std::string>(words.begin(), words.end()))
        .options(description)
        .style(style)
        .run();
  } catch (const po::unknown_option& error) {
    throw UsageError(unknown(error.get_option_name(), options));
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
}

void check_times(const Arguments& arguments, const std::vector<Option>& options) {
  for (const Option& option : options) {
    if (option.times == Times::once && arguments.values(option.name).size() > 1) {
      throw UsageError(fmt::format("--{} is given more than once", option.name));
    }
  }
}

void check_operands(const Arguments& arguments, const Command& command) {
  const std::size_t count = arguments.operands.size();
  if (count < command.operands.fewest) {
    throw UsageError(fmt::format("an argument is missing: sixslots {}", command.synopsis));
  }
  if (count > command.operands.most) {
    throw UsageError(
        fmt::format("unexpected argument '{}'", arguments.operands[command.operands.most]));
  }
}

}  // namespace

Arguments parse(const Command& command, std::span<const std::string> words) {
  Arguments arguments;
  for (const po::option& option : parsed(command, words).options) {
    if (option.position_key != -1) {
      arguments.operands.push_back(option.value.at(0));
    } else {
      arguments.options.emplace_back(option.string_key,
                                     option.value.empty() ? "" : option.value.at(0));
    }
  }
  check_times(arguments, command.options());
  check_operands(arguments, command);
  return arguments;
}

}  // namespace sixslots::cli
