#pragma once

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/position.hpp"

namespace sixslots::scenarios {

/// One fault of the user's input and where it stands.
struct Problem {
  Position position;
  std::string message;
};

/// `file:line:column: message`, or `file: message` where there is no line.
std::string to_string(const Problem& problem);

/// Input that cannot be used. It carries every problem that was found, in the order of the file.
class Error : public std::runtime_error {
 public:
  explicit Error(std::vector<Problem> problems);
  Error(Position position, std::string message);
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// What a value belongs to: the place, and the name that a message about it begins with.
struct Subject {
  Position position;
  std::string name;
};

/// Throws an Error that says `name: message`.
[[noreturn]] void fail(const Subject& subject, std::string_view message);

/// Gathers the problems of several steps, so that a file's faults are reported together.
class Problems {
 public:
  /// Runs a step; what it throws as Error is kept.
  template <class Step>
  void collect(Step step) {
    try {
      step();
    } catch (const Error& error) {
      add(error);
    }
  }

  void add(const Error& error);
  void add(const Problems& problems);
  void add(Position position, std::string message);
  [[nodiscard]] bool empty() const { return found_.empty(); }
  [[nodiscard]] const std::vector<Problem>& found() const { return found_; }
  /// Throws what was gathered, if anything.
  void check() const;

 private:
  std::vector<Problem> found_;
};

/// The candidate that `word` was probably meant to be, by edit distance; of equals, the one that
/// begins most alike. Where none is near, the shortest that begins with the word.
std::optional<std::string_view> nearest_name(std::string_view word,
                                             std::span<const std::string_view> candidates);

/// The end of a message, with the likely meaning if there is one: "; did you mean 'rows'? Use this
/// or that", or else "; use this or that".
std::string advice(std::optional<std::string_view> likely, std::string_view rest);

/// `a, b and c`, each name in the given quotes.
std::string enumerate(std::span<const std::string_view> names, std::string_view quote = "",
                      std::string_view last = "and");

}  // namespace sixslots::scenarios
