#pragma once

#include <nlohmann/json_fwd.hpp>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// Adds "interval" (two numbers, or null) and "no_interval" (why, or null) to a metric's object.
void add_interval(nlohmann::ordered_json& metric, const scenarios::MetricValue& value);

/// What stands behind a variant's intervals: replications, kind of run, Little's law, warnings.
nlohmann::ordered_json statistics_json(const scenarios::VariantResult& result);

/// Reads both again from saved results; throws a nlohmann::json exception about what is missing.
void restore_interval(const nlohmann::ordered_json& metric, scenarios::MetricValue& value);
void restore_statistics(const nlohmann::ordered_json& saved, scenarios::VariantResult& result);

}  // namespace sixslots::reports
