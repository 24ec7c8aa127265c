#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/error.hpp"

namespace sixslots::scenarios {

/// A decimal number and the text behind it: "1.5s" is "1.5" and "s".
struct NumberWithUnit {
  std::string_view number;
  std::string_view unit;
};

/// A number and what stands behind it: "1.5/min" is 1.5 and "/min".
struct WrittenNumber {
  double value = 0.0;
  std::string_view unit;  ///< empty where there is none
};

/// Nothing where the text does not begin with a digit.
std::optional<WrittenNumber> written_number(std::string_view text);

/// How a unit is used when a value is printed.
enum class UnitStyle : std::uint8_t {
  with_decimals,   ///< "1.5s"
  whole,           ///< only for multiples: "2KiB"
  whole_from_two,  ///< only for multiples, and not for one: "60s" before "1min"
};

/// A unit, in whole base units.
struct Unit {
  std::string_view suffix;
  std::int64_t scale = 1;
  UnitStyle style = UnitStyle::with_decimals;
};

/// A dimension and the units it is written in, small ones first.
struct Measure {
  std::string_view noun;    ///< "duration"
  std::string_view usual;   ///< the unit that a message suggests
  std::string_view finest;  ///< the base unit in words: "nanosecond"
  std::span<const Unit> units;
};

/// Splits a text into its decimal number and its unit; complains when it does not begin with a
/// number or has no unit. The units' names are for the messages.
NumberWithUnit split_number(std::string_view text, const Measure& measure, const Subject& subject);

/// The value in base units, exactly; complains about what is finer or larger than they can tell.
std::int64_t parse_quantity(std::string_view text, const Measure& measure, const Subject& subject);

/// The value in its natural unit; parse_quantity reads it back.
std::string print_quantity(std::int64_t value, const Measure& measure);

/// "use ns, us, ms or s", with a suggestion when the unit is nearly right.
[[noreturn]] void fail_unit(std::string_view text, std::string_view unit, const Measure& measure,
                            const Subject& subject);

}  // namespace sixslots::scenarios
