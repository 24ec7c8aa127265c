#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sixslots::cli {

struct Command;

/// A wrong command line: printed in one line, with the command whose help would have told.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How often an option may be given.
enum class Times : std::uint8_t { once, any };

/// An option of a command.
struct Option {
  std::string_view name;        ///< "seed"
  char letter = '\0';           ///< 's' where there is a short form
  std::string_view value = {};  ///< what its help calls the value; empty: takes none
  std::string_view meaning;
  Times times = Times::once;
};

/// What stands after the command's name.
class Arguments {
 public:
  std::vector<std::string> operands;
  std::vector<std::pair<std::string, std::string>> options;  ///< names and values, as given

  [[nodiscard]] bool has(std::string_view option) const;
  [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
  [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
};

/// Options are never abbreviated: what is unambiguous today would not be tomorrow.
Arguments parse(const Command& command, std::span<const std::string> words);

/// Whether `--help` or `-h` is among the words, wherever it stands.
bool asks_for_help(std::span<const std::string> words);

/// The range of an option's number.
struct Limits {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};

/// The whole number that an option was given.
std::optional<std::uint64_t> number(const Arguments& arguments, std::string_view option,
                                    Limits limits);

/// "; did you mean 'run'?", or nothing.
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

/// "; did you mean 'run'?", or "; there are run, compare and check".
std::string choice(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace sixslots::cli
