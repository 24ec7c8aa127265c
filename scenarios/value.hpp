#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/error.hpp"

namespace sixslots::scenarios {

struct Entry;

/// A value as TOML has it, with its place.
struct Value {
  enum class Type : std::uint8_t { text, integer, real, flag, moment, list, table };
  Type type = Type::text;
  std::string text;            ///< a text's content; a number, flag or moment in its usual form
  std::string source;          ///< of a number in a file: as it stands there
  std::vector<Value> items;    ///< of a list
  std::vector<Entry> entries;  ///< of a table, in the order of the file
  Position position;
  bool unquoted = false;  ///< from the command line, where texts go without quotes
};

/// A key of a table and what it is set to.
struct Entry {
  std::string key;
  Position position;  ///< of the key
  Value value;
};

/// Reads TOML text into a table; throws an Error with the place where it breaks the rules of TOML.
Value parse_toml(std::string_view text, const std::string& file);

/// A value as a command line has it: `40`, `websocket`, `{ distribution = "exponential", mean =
/// "9ms" }`.
Value parse_unquoted(std::string_view text, const Position& position);

/// The entry of that key, or nullptr.
const Value* find(const Value& table, std::string_view key);

/// The value on one line of TOML.
std::string toml_text(const Value& value);

/// The same, but a text without its quotes: what parse_unquoted() reads.
std::string written(const Value& value);

/// A text in TOML's quotes.
std::string quoted(std::string_view text);

/// What a message calls the value: `"soon"`, `60`, `a list`, `a table`.
std::string describe(const Value& value);

}  // namespace sixslots::scenarios
