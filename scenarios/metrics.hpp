#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/error.hpp"
#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// A number that a run yields: what `[expect]` may name and every report prints.
struct MetricInfo {
  /// How values are written, and the base unit of a limit.
  enum class Unit : std::uint8_t {
    duration,             ///< "300ms"; seconds
    count,                ///< "6"
    ratio,                ///< "5 %" or "0.05"
    rate,                 ///< "12/s"; per second
    byte_rate,            ///< "2KiB/s"; bytes per second
    connections_per_row,  ///< "0.05"
  };
  std::string name;
  Unit unit = Unit::count;
  std::string meaning;
};

/// All metrics; FLOW stands for the name of a `[[request]]`, N for the number of a hop.
const std::vector<MetricInfo>& metric_patterns();

/// The metrics of a scenario: those of each of its requests, of the page, and of each hop of
/// the longest path that it compares.
std::vector<MetricInfo> metrics_of(const Scenario& scenario);

/// What a scenario needs so that a metric is measured at all: "with several users: ..."; empty:
/// nothing.
std::string_view needed_by(const MetricInfo& pattern);

/// The metric of that name, or nullptr.
const MetricInfo* find_metric(const std::vector<MetricInfo>& metrics, std::string_view name);

/// What the metrics of the page and the hops begin with ("connections", ...): no request may be
/// called that.
std::vector<std::string_view> reserved_flow_names();

/// Reads a value of a metric in its base unit: "300ms" -> 0.3.
double parse_metric_value(MetricInfo::Unit unit, std::string_view text, const Subject& subject);

}  // namespace sixslots::scenarios
