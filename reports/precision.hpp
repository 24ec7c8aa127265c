#pragma once

#include <string>

#include "reports/sheet.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// "190 [181, 199] ms": a value and its interval; the value alone where it has none.
std::string with_interval(const scenarios::MetricValue& value);

/// "[181, 199] ms"
std::string short_interval(scenarios::MetricInfo::Unit unit, const scenarios::Interval& interval);

/// How sure the numbers are: the intervals that hold, why the others would not, Little's law, and
/// what else speaks against them.
void print_precision(Sheet& sheet, const Study& study);

}  // namespace sixslots::reports
