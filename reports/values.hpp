#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/metrics.hpp"
#include "scenarios/results.hpp"

namespace sixslots::reports {

/// "165 ms", "2.9 s": as exact as a person reads.
std::string short_duration(double seconds);
std::string short_duration(sim::Duration duration);

/// An average of counts as a count.
std::uint64_t whole_count(double count);

/// A value in its unit: "165 ms", "6", "12 %", "3.4/s", "1.2 kB/s".
std::string short_value(scenarios::MetricInfo::Unit unit, double value);

/// The same of what is at least so much: never rounded up.
std::string short_lower_bound(scenarios::MetricInfo::Unit unit, double value);

/// What was measured: a value, "> 58 s", "never", or a dash where there was nothing to measure.
std::string short_value(const scenarios::MetricValue& value);

/// "165 ms", "155 to 165 ms": from the smallest to the largest of several.
std::string short_range(std::vector<scenarios::MetricValue> values);

}  // namespace sixslots::reports
