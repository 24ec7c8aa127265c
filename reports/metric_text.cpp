#include "reports/metric_text.hpp"

namespace sixslots::reports {

std::string_view unit_name(scenarios::MetricInfo::Unit unit) {
  using enum scenarios::MetricInfo::Unit;
  switch (unit) {
    case duration:
      return "s";
    case count:
      return "count";
    case ratio:
      return "ratio";
    case rate:
      return "1/s";
    case byte_rate:
      return "B/s";
    case connections_per_row:
      break;
  }
  return "connections/row";
}

}  // namespace sixslots::reports
