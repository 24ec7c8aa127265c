#include "reports/csv.hpp"

#include <fmt/format.h>

#include <cmath>

#include "reports/metric_text.hpp"
#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricValue;

std::string field(std::string_view raw) {
  std::string text = clean(raw);
  if (text.find_first_of("=+-@") == 0) text.insert(text.begin(), '\'');
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string number(const MetricValue& value) {
  const bool known = value.kind != MetricValue::Kind::none && std::isfinite(value.value);
  return known ? fmt::format("{}", value.value) : "";
}

std::string head(const scenarios::Results& results) {
  std::string line = "variant";
  for (const scenarios::Axis& axis : results.scenario.compare) line += "," + field(axis.key);
  return line + ",metric,unit,value,censored,never\r\n";
}

}  // namespace

std::string csv_report(const scenarios::Results& results) {
  std::string csv = head(results);
  for (const scenarios::VariantResult& result : results.variants) {
    std::string variant = field(result.variant.label);
    for (const auto& [key, value] : result.variant.settings) variant += "," + field(value);
    for (const MetricValue& value : result.metrics) {
      const bool never = value.kind == MetricValue::Kind::never;
      csv += fmt::format("{},{},{},{},{},{}\r\n", variant, field(value.info.name),
                         unit_name(value.info.unit), number(value), value.is_bound() ? 1 : 0,
                         never ? 1 : 0);
    }
  }
  return csv;
}

}  // namespace sixslots::reports
