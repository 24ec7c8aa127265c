#include "reports/limits.hpp"

namespace sixslots::reports {

Limit smallest(const std::vector<Limit>& limits) {
  Limit least;
  for (const Limit& one : limits) {
    if (one.limit > 0 && (least.limit == 0 || one.limit < least.limit)) least = one;
  }
  return least;
}

double value_of(const VariantView& view, const std::string& name) {
  const scenarios::MetricValue value = metric(*view.result, name);
  return value.kind == scenarios::MetricValue::Kind::none ? 0.0 : value.value;
}

}  // namespace sixslots::reports
