#include "scenarios/units.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace sixslots::scenarios {
namespace {

using enum UnitStyle;

constexpr std::int64_t second = 1'000'000'000;

constexpr std::array duration_units{
    Unit{"ns", 1},
    Unit{"us", 1'000},
    Unit{"ms", 1'000'000},
    Unit{"s", second},
    Unit{"min", 60 * second, whole_from_two},
    Unit{"h", 3600 * second, whole_from_two},
};

constexpr std::array size_units{
    Unit{"B", 1, whole},           Unit{"kB", 1'000, whole},      Unit{"KiB", 1LL << 10, whole},
    Unit{"MB", 1'000'000, whole},  Unit{"MiB", 1LL << 20, whole}, Unit{"GB", 1'000'000'000, whole},
    Unit{"GiB", 1LL << 30, whole},
};

constexpr std::array bit_rate_units{
    Unit{"bit/s", 1},
    Unit{"kbit/s", 1'000},
    Unit{"Mbit/s", 1'000'000},
    Unit{"Gbit/s", 1'000'000'000},
};

constexpr std::array byte_rate_units{
    Unit{"B/s", 1, whole},           Unit{"kB/s", 1'000, whole},
    Unit{"KiB/s", 1LL << 10, whole}, Unit{"MB/s", 1'000'000, whole},
    Unit{"MiB/s", 1LL << 20, whole},
};

constexpr std::array event_rate_units{
    Unit{"/s", second},
    Unit{"/min", 60 * second},
    Unit{"/h", 3600 * second},
};

/// Reads all of the text as a number of type T.
template <class T>
bool read_all(std::string_view text, T& value) {
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  return fault == std::errc{} && stop == end;
}

}  // namespace

const Measure& durations() {
  static constexpr Measure measure{"duration", "s", "nanosecond", duration_units};
  return measure;
}

const Measure& sizes() {
  static constexpr Measure measure{"size", "B", "byte", size_units};
  return measure;
}

const Measure& bit_rates() {
  static constexpr Measure measure{"bit rate", "Mbit/s", "bit per second", bit_rate_units};
  return measure;
}

const Measure& byte_rates() {
  static constexpr Measure measure{"byte rate", "KiB/s", "byte per second", byte_rate_units};
  return measure;
}

const Measure& event_rates() {
  static constexpr Measure measure{"rate", "/s", "event per second", event_rate_units};
  return measure;
}

sim::Duration parse_duration(std::string_view text, const Subject& subject) {
  return sim::Duration(parse_quantity(text, durations(), subject));
}

models::Bytes parse_size(std::string_view text, const Subject& subject) {
  return {parse_quantity(text, sizes(), subject)};
}

models::BitRate parse_bit_rate(std::string_view text, const Subject& subject) {
  if (text == unlimited_rate) return {};
  const models::BitRate rate{parse_quantity(text, bit_rates(), subject)};
  if (rate.unlimited()) {
    fail(subject, fmt::format("\"{}\" lets nothing through; for no limit write \"{}\"", text,
                              unlimited_rate));
  }
  return rate;
}

double parse_event_rate(std::string_view text, const Subject& subject) {
  const NumberWithUnit parts = split_number(text, event_rates(), subject);
  for (const Unit& unit : event_rate_units) {
    if (unit.suffix != parts.unit) continue;
    const auto seconds = static_cast<double>(unit.scale / second);
    return parse_number(parts.number, subject) / seconds;
  }
  fail_unit(text, parts.unit, event_rates(), subject);
}

double parse_number(std::string_view text, const Subject& subject) {
  double value = 0.0;
  if (!read_all(text, value) || !std::isfinite(value)) {
    fail(subject, fmt::format("\"{}\" is not a number", text));
  }
  return value;
}

std::int64_t parse_count(std::string_view text, const Subject& subject) {
  std::int64_t value = 0;
  if (!read_all(text, value)) fail(subject, fmt::format("\"{}\" is not a whole number", text));
  return value;
}

double parse_ratio(std::string_view text, const Subject& subject) {
  if (text.empty() || text.back() != '%') return parse_number(text, subject);
  std::string_view number = text.substr(0, text.size() - 1);
  while (!number.empty() && number.back() == ' ') number.remove_suffix(1);
  return parse_number(number, subject) / 100.0;
}

std::string print(sim::Duration value) { return print_quantity(value.count(), durations()); }

std::string print(models::Bytes value) { return print_quantity(value.count, sizes()); }

std::string print(models::BitRate value) {
  if (value.unlimited()) return std::string(unlimited_rate);
  return print_quantity(value.bits_per_second, bit_rates());
}

std::string print_event_rate(double per_second) {
  constexpr std::size_t short_enough = 6;  // digits that make a smaller unit needless
  std::string best;
  for (const Unit& unit : event_rate_units) {
    const double scaled = per_second * static_cast<double>(unit.scale / second);
    const std::string number = fmt::format("{}", scaled);
    const std::string text = number + std::string(unit.suffix);
    const bool plain = number.find('e') == std::string::npos;
    if (!plain || parse_event_rate(text, {}) != per_second) continue;
    if (number.size() <= short_enough) return text;
    if (best.empty() || text.size() < best.size()) best = text;
  }
  return best.empty() ? fmt::format("{:.17f}/s", per_second) : best;
}

}  // namespace sixslots::scenarios
