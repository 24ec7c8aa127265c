#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "models/units.hpp"
#include "scenarios/error.hpp"
#include "scenarios/quantity.hpp"

namespace sixslots::scenarios {

/// The dimensions of a scenario file: their names and units, for messages and for the reference.
const Measure& durations();    ///< "40ms", in nanoseconds
const Measure& sizes();        ///< "2KiB", in bytes
const Measure& bit_rates();    ///< "20Mbit/s", in bits per second
const Measure& byte_rates();   ///< "2KiB/s", in bytes per second
const Measure& event_rates();  ///< "12/min"; the scale of a unit is its period in nanoseconds

/// The word for a bit rate without a limit.
inline constexpr std::string_view unlimited_rate = "unlimited";

sim::Duration parse_duration(std::string_view text, const Subject& subject);
models::Bytes parse_size(std::string_view text, const Subject& subject);
models::BitRate parse_bit_rate(std::string_view text, const Subject& subject);
/// Events per second.
double parse_event_rate(std::string_view text, const Subject& subject);
/// A plain number: "1.5".
double parse_number(std::string_view text, const Subject& subject);
/// A whole number: "20".
std::int64_t parse_count(std::string_view text, const Subject& subject);
/// "5 %" or "0.05".
double parse_ratio(std::string_view text, const Subject& subject);

/// Printing takes the natural unit, and parsing gives the same value back.
std::string print(sim::Duration value);
std::string print(models::Bytes value);
std::string print(models::BitRate value);
std::string print_event_rate(double per_second);

}  // namespace sixslots::scenarios
