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
          {"warm_up", sim::seconds(result.variant.scenario.run.left_out())},
          {"observed", diagnosis.observed_seconds},
          {"relaxation", steady ? Json(diagnosis.relaxation_seconds) : Json(nullptr)},
          {"little", little},
          {"no_intervals", diagnosis.no_intervals},
          {"no_means", diagnosis.no_means},
          {"warnings", diagnosis.warnings}};
}

void restore_interval(const Json& metric, scenarios::MetricValue& value) {
  const Json& interval = metric.at("interval");
  if (interval.is_null()) {
    value.no_interval = metric.at("no_interval").get<std::string>();
  } else {
    value.interval = {interval.at(0).get<double>(), interval.at(1).get<double>()};
  }
}

void restore_statistics(const Json& saved, scenarios::VariantResult& result) {
  scenarios::Diagnosis& diagnosis = result.diagnosis;
  result.replications = saved.at("replications").get<int>();
  diagnosis.observed_seconds = saved.at("observed").get<double>();
  if (saved.at("relaxation").is_number()) {
    diagnosis.relaxation_seconds = saved.at("relaxation").get<double>();
  }
  if (const Json& little = saved.at("little"); !little.is_null()) {
    diagnosis.little = {little.at("under_way").get<double>(),
                        little.at("rate_times_latency").get<double>()};
  }
  diagnosis.no_intervals = saved.at("no_intervals").get<std::string>();
  diagnosis.no_means = saved.at("no_means").get<std::string>();
  diagnosis.warnings = saved.at("warnings").get<std::vector<std::string>>();
}

}  // namespace sixslots::reports
