// toml++ 3.3 looks for some faults, such as "[.]", by assertions alone. Here they stay on in every
// build, and end the parse instead of the program.
#undef NDEBUG
#define TOML_ASSERT(condition) ((condition) ? void() : sixslots::scenarios::refuse_malformed())
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0

namespace sixslots::scenarios {
[[noreturn]] void refuse_malformed();
}  // namespace sixslots::scenarios

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <tuple>

#include "scenarios/bare_text.hpp"
#include "scenarios/value.hpp"

namespace sixslots::scenarios {
namespace {

/// Thrown by an assertion of toml++ that does not hold.
struct Malformed {};

Position position_of(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

std::string_view line_of(std::string_view text, int number) {
  for (int line = 1; line < number; ++line) {
    text.remove_prefix(std::min(text.size(), text.find('\n') + 1));
  }
  return text.substr(0, text.find('\n'));
}

/// The word that a column of a line is in or behind.
std::string_view word_at(std::string_view line, int column) {
  const auto part_of_word = [](char c) {
    return c != '\0' && std::string_view("=,[]{}\" \t\r#").find(c) == std::string_view::npos;
  };
  std::size_t begin = std::min(static_cast<std::size_t>(column - 1), line.size());
  while (begin > 0 && part_of_word(line[begin - 1])) --begin;
  std::size_t end = begin;
  while (end < line.size() && part_of_word(line[end])) ++end;
  return line.substr(begin, end - begin);
}

std::string_view trimmed(std::string_view text, std::string_view of) {
  const std::size_t begin = std::min(text.find_first_not_of(of), text.size());
  const std::size_t end = text.find_last_not_of(of);
  return end == std::string_view::npos ? "" : text.substr(begin, end + 1 - begin);
}

/// The key of the value, or of the table, that a column of a line is at. What toml++ says of a key
/// in quotes is garbled.
std::string_view key_at(std::string_view line, int column) {
  const std::size_t at = std::min(static_cast<std::size_t>(column - 1), line.size());
  const std::string_view before = trimmed(line.substr(0, at), " \t=");
  if (before.empty()) return trimmed(line.substr(at, line.find(']', at) - at), " \t[]\"'\r");
  const char last = before.back();
  if (last != '"' && last != '\'') return word_at(before, static_cast<int>(before.size()));
  const std::string_view inside = before.substr(0, before.size() - 1);
  return inside.substr(inside.rfind(last) + 1);
}

/// What toml++ found, in our words where a user of scenarios would look for the fault elsewhere.
std::string explanation(const toml::parse_error& error, std::string_view text) {
  std::string_view found = error.description();
  if (found.find("invalid utf-8") != std::string_view::npos) return "the file is not UTF-8 text";
  const toml::source_position at = error.source().begin;
  const std::string_view line = line_of(text, static_cast<int>(at.line));
  const auto column = static_cast<int>(at.column);
  if (found.find("cannot redefine existing") != std::string_view::npos) {
    return fmt::format("'{}' is given a second time", key_at(line, column));
  }
  const std::string_view word = word_at(line, column);
  const bool number = found.find("digit, saw") != std::string_view::npos;
  if (number && !word.empty() && word.front() >= '0' && word.front() <= '9') {
    return fmt::format("a value with a unit stands in quotes: write \"{}\"", word);
  }
  constexpr std::string_view prefix = "Error while parsing ";
  if (found.substr(0, prefix.size()) == prefix) found.remove_prefix(prefix.size());
  return fmt::format("this is not TOML: {}", found);
}

bool is_malformed(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
    return false;
  } catch (const Malformed&) {
    return true;
  }
}

/// What stands before the place at which malformed text breaks, found by halves.
std::string_view sound_part(std::string_view text) {
  std::size_t sound = 0;
  std::size_t malformed = text.size();
  while (malformed - sound > 1) {
    const std::size_t middle = sound + (malformed - sound) / 2;
    (is_malformed(text.substr(0, middle)) ? malformed : sound) = middle;
  }
  return text.substr(0, sound);
}

/// Turns toml++'s tree into ours, which keeps the order of the file.
class Converter {
 public:
  Converter(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  Value convert(const toml::node& node) const {
    Value value;
    value.position = position_of(node.source(), file_);
    if (const toml::table* table = node.as_table()) {
      value.type = Value::Type::table;
      value.entries = entries(*table);
    } else if (const toml::array* array = node.as_array()) {
      value.type = Value::Type::list;
      for (const toml::node& item : *array) value.items.push_back(convert(item));
    } else {
      std::tie(value.type, value.text) = scalar(node);
      if (node.is_number()) value.source = word_at_start(node.source());
    }
    return value;
  }

 private:
  std::vector<Entry> entries(const toml::table& table) const {
    std::vector<Entry> result;
    for (const auto& [key, node] : table) {
      result.push_back({std::string(key.str()), position_of(key.source(), file_), convert(node)});
    }
    const auto place = [](const Entry& e) { return std::tie(e.position.line, e.position.column); };
    std::ranges::stable_sort(result, std::ranges::less{}, place);
    return result;
  }

  /// "5.0", where toml++ says 5.
  [[nodiscard]] std::string word_at_start(const toml::source_region& region) const {
    std::string_view line = line_of(text_, static_cast<int>(region.begin.line));
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
    for (auto column = region.begin.column; column > 1 && !line.empty(); --column) {
      line.remove_prefix(1);
      while (!line.empty() && continues(line.front())) line.remove_prefix(1);
    }
    return std::string(word_at(line, 1));
  }

  static std::pair<Value::Type, std::string> scalar(const toml::node& node) {
    if (const auto* text = node.as_string()) return {Value::Type::text, text->get()};
    if (const auto* number = node.as_integer()) {
      return {Value::Type::integer, fmt::format("{}", number->get())};
    }
    if (const auto* number = node.as_floating_point()) {
      return {Value::Type::real, fmt::format("{}", number->get())};
    }
    if (const auto* flag = node.as_boolean()) {
      return {Value::Type::flag, flag->get() ? "true" : "false"};
    }
    return {Value::Type::moment, "a date or time"};
  }

  std::string_view text_;
  const std::string& file_;
};

}  // namespace

void refuse_malformed() { throw Malformed(); }

Value parse_toml(std::string_view text, const std::string& file) {
  require_plain_bare_text(text, file);
  try {
    const toml::parse_result result = toml::parse(text);
    if (result) return Converter(text, file).convert(result.table());
    const toml::parse_error& error = result.error();
    throw Error(position_of(error.source(), file), explanation(error, text));
  } catch (const Malformed&) {
    throw Error(end_of(sound_part(text), file), "this is not TOML from here on");
  }
}

}  // namespace sixslots::scenarios
