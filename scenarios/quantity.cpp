#include "scenarios/quantity.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <vector>

#include "sim/int128.hpp"

namespace sixslots::scenarios {
namespace {

constexpr int most_digits = 18;  // every such number fits into 64 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

[[noreturn]] void fail_number(std::string_view text, const Measure& measure,
                              const Subject& subject) {
  fail(subject, fmt::format("\"{0}\" is not a {1}; write a number and a unit, as in \"5{2}\"", text,
                            measure.noun, measure.usual));
}

/// The length of the number that the text begins with; 0 if it begins with none.
std::size_t number_length(std::string_view text) {
  std::size_t length = 0;
  int points = 0;
  while (length < text.size() && (is_digit(text[length]) || text[length] == '.')) {
    if (text[length] == '.') ++points;
    ++length;
  }
  const bool whole = length > 0 && is_digit(text[0]) && is_digit(text[length - 1]);
  return whole && points <= 1 ? length : 0;
}

/// A number as decimal text has it: digits / 10^places, exactly.
struct Decimal {
  std::int64_t digits = 0;
  int places = 0;
};

Decimal decimal(std::string_view number, std::string_view text, const Subject& subject) {
  Decimal result;
  const std::size_t point = number.find('.');
  if (point != std::string_view::npos) {
    while (number.back() == '0') number.remove_suffix(1);
    result.places = static_cast<int>(number.size() - point - 1);
  }
  while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
  if (number.size() > most_digits) {
    fail(subject, fmt::format("\"{}\" has too many digits", text));
  }
  for (const char c : number) {
    if (c != '.') result.digits = result.digits * 10 + (c - '0');
  }
  return result;
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

const Unit* natural_unit(std::int64_t value, const Measure& measure) {
  const Unit* with_decimals = nullptr;
  const Unit* whole = nullptr;
  for (const Unit& unit : measure.units) {
    const std::int64_t least = unit.style == UnitStyle::whole_from_two ? 2 : 1;
    if (value / unit.scale < least) continue;
    if (unit.style == UnitStyle::with_decimals) {
      with_decimals = &unit;
    } else if (value % unit.scale == 0) {
      whole = &unit;
    }
  }
  return whole != nullptr ? whole : with_decimals;
}

}  // namespace

std::optional<WrittenNumber> written_number(std::string_view text) {
  if (text.empty() || !is_digit(text.front())) return std::nullopt;  // "inf" is none
  WrittenNumber number;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (fault != std::errc{}) return std::nullopt;
  number.unit = text.substr(static_cast<std::size_t>(stop - text.data()));
  return number;
}

NumberWithUnit split_number(std::string_view text, const Measure& measure, const Subject& subject) {
  const std::string_view trim = trimmed(text);
  if (!trim.empty() && trim.front() == '-' && number_length(trim.substr(1)) > 0) {
    fail(subject, fmt::format("\"{}\" is below zero; a {} is not", text, measure.noun));
  }
  const std::size_t length = number_length(trim);
  if (length == 0) fail_number(text, measure, subject);
  const std::string_view number = trim.substr(0, length);
  const std::string_view unit = trimmed(trim.substr(length));
  if (unit.empty()) {
    fail(subject,
         fmt::format("a {} needs a unit: write \"{}{}\"", measure.noun, number, measure.usual));
  }
  return {number, unit};
}

void fail_unit(std::string_view text, std::string_view unit, const Measure& measure,
               const Subject& subject) {
  std::vector<std::string_view> suffixes;
  for (const Unit& known : measure.units) suffixes.push_back(known.suffix);
  const std::string rest = fmt::format("use {}", enumerate(suffixes, "", "or"));
  fail(subject, fmt::format("\"{}\" has the unknown unit '{}'{}", text, unit,
                            advice(nearest_name(unit, suffixes), rest)));
}

std::int64_t parse_quantity(std::string_view text, const Measure& measure, const Subject& subject) {
  const NumberWithUnit parts = split_number(text, measure, subject);
  for (const Unit& unit : measure.units) {
    if (unit.suffix != parts.unit) continue;
    const Decimal number = decimal(parts.number, text, subject);
    const sim::Int128 scaled = static_cast<sim::Int128>(number.digits) * unit.scale;
    const std::int64_t divisor = power_of_ten(number.places);
    if (scaled % divisor != 0) {
      fail(subject, fmt::format("\"{}\" is finer than a {}", text, measure.finest));
    }
    if (scaled / divisor > std::numeric_limits<std::int64_t>::max()) {
      fail(subject, fmt::format("\"{}\" is too large", text));
    }
    return static_cast<std::int64_t>(scaled / divisor);
  }
  fail_unit(text, parts.unit, measure, subject);
}

std::string print_quantity(std::int64_t value, const Measure& measure) {
  const Unit* unit = natural_unit(value, measure);
  if (unit == nullptr)
    return fmt::format("{}{}", value, value == 0 ? measure.usual : measure.units[0].suffix);
  std::string text = fmt::format("{}", value / unit->scale);
  std::int64_t rest = value % unit->scale;
  if (rest > 0) text += '.';
  for (std::int64_t place = unit->scale / 10; rest > 0; place /= 10) {
    text += static_cast<char>('0' + rest / place);
    rest %= place;
  }
  return text + std::string(unit->suffix);
}

}  // namespace sixslots::scenarios
