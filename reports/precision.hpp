#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/sheet.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// "190 [181, 199] ms": a value and its interval; the value alone where it has none.
std::string with_interval(const scenarios::MetricValue& value);

/// "190 ms": a value to stand beside its interval, in as many figures.
std::string value_beside_interval(scenarios::MetricInfo::Unit unit, double value);

/// "[181, 199] ms"
std::string short_interval(scenarios::MetricInfo::Unit unit, const scenarios::Interval& interval);

/// How far the two sides of Little's law are apart at most; nothing where it was not checked.
void print_littles_law(Sheet& sheet, const std::vector<std::optional<double>>& differences);
/// The same of one variant, as a share.
std::optional<double> littles_difference(const scenarios::VariantResult& result);

/// How sure the numbers are: the intervals that hold, why the others would not, Little's law, and
/// what else speaks against them.
void print_precision(Sheet& sheet, const Study& study);

}  // namespace sixslots::reports
