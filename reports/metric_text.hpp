#pragma once

#include <string>
#include <string_view>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// The base unit of a metric in files for programs: "s", "count", "ratio", "1/s", "B/s",
/// "connections/row".
std::string_view unit_name(scenarios::MetricInfo::Unit unit);

/// "pass", "fail" or "undecided", in files for programs.
std::string_view judgement_name(scenarios::Judgement judgement);

}  // namespace sixslots::reports
