#include <cmath>
#include <nlohmann/json.hpp>

#include "models/model_version.hpp"
#include "reports/gate_report.hpp"
#include "reports/metric_text.hpp"
#include "reports/statistics_json.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::Drift;
using scenarios::Gated;
using scenarios::Judged;
using scenarios::Moved;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json expectation_json(const Judged& judged) {
  const bool none = judged.measured.kind == scenarios::MetricValue::Kind::none;
  Json json{{"variant", judged.variant},
            {"metric", judged.expectation.metric},
            {"expected", judged.expectation.text},
            {"line", judged.expectation.position.line},
            {"judgement", judgement_name(judged.judgement)},
            {"measured", none ? Json(nullptr) : number(judged.measured.value)},
            {"unit", unit_name(judged.measured.info.unit)},
            {"censored", judged.measured.is_bound()}};
  add_interval(json, judged.measured);
  json["cure"] = judged.cure.empty() ? Json(nullptr) : Json(judged.cure);
  return json;
}

Json moved_json(const Moved& moved) {
  Json interval(nullptr);
  if (moved.interval) interval = {moved.interval->low, moved.interval->high};
  return {{"variant", moved.variant},
          {"metric", moved.metric.name},
          {"unit", unit_name(moved.metric.unit)},
          {"before", number(moved.before)},
          {"after", number(moved.after)},
          {"relative_change", number(moved.relative_change())},
          {"interval", std::move(interval)},
          {"line", moved.position.line}};
}

Json list_json(const std::vector<Moved>& all) {
  Json list = Json::array();
  for (const Moved& moved : all) list.push_back(moved_json(moved));
  return list;
}

Json drift_json(const Gated& gated) {
  if (!gated.drift) return nullptr;
  const Drift& drift = *gated.drift;
  return {{"passes", drift.passes()},
          {"identical", drift.identical},
          {"replications_compared", drift.compared},
          {"scenario_changed", drift.scenario_changed},
          {"seed_changed", drift.seed_changed},
          {"model_before", drift.model_before},
          {"version_before", drift.version_before},
          {"moved", list_json(drift.moved)},
          {"tolerated", list_json(drift.tolerated)},
          {"gone", drift.gone},
          {"without_baseline", drift.without_baseline}};
}

Json scenario_json(const Gated& gated, scenarios::Strictness strictness) {
  Json expectations = Json::array();
  for (const Judged& judged : gated.expectations) expectations.push_back(expectation_json(judged));
  return {{"file", gated.file},
          {"title", gated.title},
          {"hash", gated.hash},
          {"passes", gated.passes(strictness)},
          {"seed", gated.seed},
          {"replications", gated.replications},
          {"expectations", std::move(expectations)},
          {"baseline", gated.baseline.empty() ? Json(nullptr) : Json(gated.baseline)},
          {"updated", gated.updated},
          {"drift", drift_json(gated)}};
}

}  // namespace

std::string gate_json(const scenarios::GateOutcome& outcome) {
  Json all = Json::array();
  for (const Gated& gated : outcome.scenarios) {
    all.push_back(scenario_json(gated, outcome.strictness));
  }
  const std::string version = outcome.scenarios.empty() ? "" : outcome.scenarios.front().version;
  const Json report{{"schema", "sixslots-check/1"},
                    {"version", version},
                    {"model", models::model_version},
                    {"passes", outcome.passes()},
                    {"strict", outcome.strictness == scenarios::Strictness::strict},
                    {"quick", outcome.quick},
                    {"scenarios", std::move(all)}};
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sixslots::reports
