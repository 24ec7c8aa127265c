#include "reports/statistics_json.hpp"

#include <nlohmann/json.hpp>

namespace sixslots::reports {

using Json = nlohmann::ordered_json;

void add_interval(Json& metric, const scenarios::MetricValue& value) {
  metric["interval"] =
      value.interval ? Json::array({value.interval->low, value.interval->high}) : Json(nullptr);
  metric["no_interval"] = value.interval ? Json(nullptr) : Json(value.no_interval);
}

Json statistics_json(const scenarios::VariantResult& result) {
  const scenarios::Diagnosis& diagnosis = result.diagnosis;
  const bool steady = result.variant.scenario.run.kind == scenarios::RunKind::steady;
  Json little(nullptr);
  if (diagnosis.little) {
    little = {{"under_way", diagnosis.little->level},
              {"rate_times_latency", diagnosis.little->rate_times_time}};
  }
  return {{"confidence", scenarios::usual_confidence},
          {"kind", steady ? "steady" : "terminating"},
          {"replications", result.replications},
          {"warm_up", sim::seconds(result.variant.scenario.run.warm_up)},
          {"observed", diagnosis.observed_seconds},
          {"relaxation", steady ? Json(diagnosis.relaxation_seconds) : Json(nullptr)},
          {"little", little},
          {"warnings", diagnosis.warnings}};
}

}  // namespace sixslots::reports
