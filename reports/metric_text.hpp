#pragma once

#include <string>
#include <string_view>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// The base unit of a metric in files for programs: "s", "count", "ratio", "1/s", "B/s",
/// "connections/row".
std::string_view unit_name(scenarios::MetricInfo::Unit unit);

/// The run ended before the value was known: it is a lower bound, or never came.
inline bool is_censored(const scenarios::MetricValue& value) {
  using Kind = scenarios::MetricValue::Kind;
  return value.kind == Kind::at_least || value.kind == Kind::never;
}

}  // namespace sixslots::reports
