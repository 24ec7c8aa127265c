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

std::string_view judgement_name(scenarios::Judgement judgement) {
  switch (judgement) {
    case scenarios::Judgement::fail:
      return "fail";
    case scenarios::Judgement::undecided:
      return "undecided";
    case scenarios::Judgement::pass:
      break;
  }
  return "pass";
}

}  // namespace sixslots::reports
