#include "reports/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;
using scenarios::MetricValue;

enum class Rounding { nearest, down };

/// Two or three digits; down for what is a lower bound.
std::string digits(double value, Rounding rounding) {
  if (value == std::round(value)) return fmt::format("{:.0f}", value);
  const double unit = value < 9.95 ? 0.1 : 1.0;
  const double steps = value / unit;
  const double whole = rounding == Rounding::down ? std::floor(steps + 1e-9) : std::round(steps);
  return fmt::format("{:.{}f}", whole * unit, unit < 1.0 && whole != 0.0 ? 1 : 0);
}

std::string duration(double seconds, Rounding rounding) {
  if (seconds < 0.9995) return digits(seconds * 1e3, rounding) + " ms";
  if (seconds < 599.5) return digits(seconds, rounding) + " s";
  if (seconds < 599.5 * 60) return digits(seconds / 60, rounding) + " min";
  return digits(seconds / 3600, rounding) + " h";
}

std::string count(double value) {
  if (value >= 99'950) return fmt::format("{:.0f}k", value / 1e3);
  if (value >= 99.95 || value == std::round(value)) return fmt::format("{:.0f}", value);
  return fmt::format("{:.1f}", value);
}

std::string bytes(double value) {
  if (value >= 1e6) return digits(value / 1e6, Rounding::nearest) + " MB/s";
  if (value >= 1e3) return digits(value / 1e3, Rounding::nearest) + " kB/s";
  return digits(value, Rounding::nearest) + " B/s";
}

/// Small shares do not vanish, and large ones are not complete.
std::string percent(double ratio) {
  if (ratio > 0.0 && ratio < 0.005) return "<1 %";
  if (ratio < 1.0 && ratio >= 0.995) return "99 %";
  return fmt::format("{:.0f} %", ratio * 100.0);
}

std::string in_unit(MetricInfo::Unit unit, double value, Rounding rounding) {
  using enum MetricInfo::Unit;
  if (!std::isfinite(value)) return "–";
  switch (unit) {
    case MetricInfo::Unit::duration:
      return reports::duration(value, rounding);
    case ratio:
      return percent(value);
    case rate:
      return reports::count(std::round(value * 10.0) / 10.0) + "/s";
    case byte_rate:
      return bytes(value);
    case connections_per_row:
      return fmt::format("{:.2f}",
                         std::abs(value) < 0.005 ? 0.0 : value);  // no minus before a zero
    case MetricInfo::Unit::count:
      break;
  }
  return reports::count(value);
}

}  // namespace

std::string short_duration(double seconds) { return duration(seconds, Rounding::nearest); }

std::string short_duration(sim::Duration duration) {
  return short_duration(sim::seconds(duration));
}

std::uint64_t whole_count(double count) { return static_cast<std::uint64_t>(std::llround(count)); }

std::string short_value(MetricInfo::Unit unit, double value) {
  return in_unit(unit, value, Rounding::nearest);
}

std::string short_lower_bound(MetricInfo::Unit unit, double value) {
  return in_unit(unit, value, Rounding::down);
}

std::string short_value(const MetricValue& value) {
  switch (value.kind) {
    case MetricValue::Kind::never:
      return "never";
    case MetricValue::Kind::at_least:
      return "> " + short_lower_bound(value.info.unit, value.value);
    case MetricValue::Kind::none:
      return "–";
    case MetricValue::Kind::exact:
      break;
  }
  return short_value(value.info.unit, value.value);
}

std::string short_range(std::vector<MetricValue> values) {
  if (values.empty()) return "–";
  std::ranges::sort(values, {}, [](const MetricValue& value) {
    return std::pair(value.kind == MetricValue::Kind::never, value.value);
  });
  const std::string low = short_value(values.front());
  const std::string high = short_value(values.back());
  if (low == high) return low;
  const auto unit_of = [](const std::string& text) {
    return text.substr(std::min(text.find(' '), text.size()));
  };
  const bool same_unit = unit_of(low) == unit_of(high);
  return fmt::format("{} to {}", same_unit ? low.substr(0, low.find(' ')) : low, high);
}

}  // namespace sixslots::reports
