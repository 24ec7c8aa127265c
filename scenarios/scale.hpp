#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/error.hpp"
#include "scenarios/key_paths.hpp"

namespace sixslots::scenarios {

/// The numbers of a key as ranges and searches see them: counted in whole base units (rows,
/// nanoseconds, bytes, bits per second, millionths of an event per second or of a whole).
struct Scale {
  std::int64_t (*parse)(std::string_view text, const Subject& subject);
  std::string (*print)(std::int64_t number);  ///< as a scenario file has it, without quotes
  std::int64_t usual = 1;                     ///< where a search begins for want of a better number
  bool whole = false;                         ///< counts things: between 5 and 6 there is nothing
  double unit = 1.0;                          ///< base units in the unit of charts and JSON
  std::string_view unit_name = {};            ///< its name: "s", "1/s"; empty: a plain number
};

/// How a key's numbers are counted; nullptr for a key that takes no number.
const Scale* scale_of(const Key& key);

/// The number that a key has in a scenario; nothing for one that is a word there: "unlimited".
std::optional<std::int64_t> number_of(const Address& address, const Scenario& scenario);

}  // namespace sixslots::scenarios
