#include "scenarios/value.hpp"

#include <fmt/format.h>

#include <charconv>

namespace sixslots::scenarios {
namespace {

template <class T>
bool is_number(std::string_view text) {
  T number{};
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  return fault == std::errc{} && stop == end;
}

Value::Type unquoted_type(std::string_view text) {
  if (text == "true" || text == "false") return Value::Type::flag;
  if (is_number<std::int64_t>(text)) return Value::Type::integer;
  const bool digit_first = !text.empty() && text.find_first_of("0123456789-.") == 0;
  if (digit_first && is_number<double>(text)) return Value::Type::real;
  return Value::Type::text;
}

void place_all(Value& value, const Position& position) {
  value.position = position;
  for (Value& item : value.items) place_all(item, position);
  for (Entry& entry : value.entries) {
    entry.position = position;
    place_all(entry.value, position);
  }
}

/// The text as a list or table of TOML; one that is not even TOML counts as plain text.
bool parse_nested(std::string_view text, Value& value) {
  try {
    value = parse_toml(fmt::format("value = {}", text), "").entries.at(0).value;
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

Value parse_unquoted(std::string_view text, const Position& position) {
  Value value;
  const bool nested = !text.empty() && (text.front() == '{' || text.front() == '[');
  if (!nested || !parse_nested(text, value)) {
    value.type = unquoted_type(text);
    value.text = text;
  }
  place_all(value, position);
  value.unquoted = true;
  return value;
}

const Value* find(const Value& table, std::string_view key) {
  for (const Entry& entry : table.entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      result += fmt::format("\\u{:04X}", static_cast<int>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string toml_text(const Value& value) {
  if (value.type == Value::Type::text) return quoted(value.text);
  if (value.type != Value::Type::list && value.type != Value::Type::table) return value.text;
  std::string inside;
  for (const Value& item : value.items) {
    inside += fmt::format("{}{}", inside.empty() ? "" : ", ", toml_text(item));
  }
  for (const Entry& entry : value.entries) {
    inside +=
        fmt::format("{}{} = {}", inside.empty() ? "" : ", ", entry.key, toml_text(entry.value));
  }
  return value.type == Value::Type::list ? fmt::format("[{}]", inside)
                                         : fmt::format("{{ {} }}", inside);
}

std::string written(const Value& value) {
  return value.type == Value::Type::text ? value.text : toml_text(value);
}

std::string describe(const Value& value) {
  if (value.type == Value::Type::text) return fmt::format("\"{}\"", value.text);
  if (value.type == Value::Type::list) return "a list";
  if (value.type == Value::Type::table) return "a table";
  return value.source.empty() ? value.text : value.source;
}

}  // namespace sixslots::scenarios
