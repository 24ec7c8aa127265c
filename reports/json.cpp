#include "reports/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/findings.hpp"
#include "reports/statistics_json.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::MetricInfo;
using scenarios::MetricValue;
using scenarios::VariantResult;

constexpr std::size_t most_points = 500;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string_view unit_name(MetricInfo::Unit unit) {
  switch (unit) {
    case MetricInfo::Unit::duration:
      return "s";
    case MetricInfo::Unit::count:
      return "count";
    case MetricInfo::Unit::ratio:
      return "ratio";
    case MetricInfo::Unit::rate:
      return "1/s";
    case MetricInfo::Unit::byte_rate:
      return "B/s";
    case MetricInfo::Unit::connections_per_row:
      break;
  }
  return "connections/row";
}

Json to_json(const MetricValue& value) {
  const bool never = value.kind == MetricValue::Kind::never;
  const bool none = value.kind == MetricValue::Kind::none;
  Json json{{"value", none ? Json(nullptr) : number(value.value)},
            {"unit", unit_name(value.info.unit)},
            {"censored", never || value.kind == MetricValue::Kind::at_least},
            {"never", never}};
  add_interval(json, value);
  return json;
}

Json metrics_of(const VariantResult& result) {
  Json metrics = Json::object();
  for (const MetricValue& value : result.metrics) metrics[value.info.name] = to_json(value);
  return metrics;
}

Json flows_of(const VariantView& view) {
  Json flows = Json::object();
  for (const FlowView& flow : view.flows) {
    const models::FlowStatistics& seen = *flow.statistics;
    flows[flow.flow->name] = {{"count", seen.count},
                              {"starved", seen.starved},
                              {"censored", seen.censored},
                              {"failed", seen.failed},
                              {"waited", seen.waited}};
  }
  return flows;
}

/// The first point of each of equal stretches of the list, and the last one.
Json thinned(const models::Series& series) {
  Json points = Json::array();
  const std::size_t count = series.points.size();
  const std::size_t kept = std::min(count, most_points);
  for (std::size_t i = 0; i < kept; ++i) {
    const std::size_t at = i + 1 == kept ? count - 1 : i * count / kept;
    const models::Series::Point& point = series.points[at];
    points.push_back({sim::seconds(point.time.time_since_epoch()), point.level});
  }
  return points;
}

Json sample_of(const VariantView& view) {
  const models::Observations& seen = view.result->sample;
  return {{"end", sim::seconds(seen.end.time_since_epoch())},
          {"streams_asked_for", view.streams.asked_for},
          {"streams_never_opened", view.streams.never_opened()},
          {"connections_opened", seen.connections_opened},
          {"requests_arrived", seen.requests_arrived},
          {"updates", seen.updates},
          {"reconnects", seen.reconnects},
          {"bytes", seen.bytes},
          {"held_mean", number(seen.held_mean)},
          {"open_connections", thinned(seen.open_connections)},
          {"waiting_requests", thinned(seen.waiting_requests)}};
}

Json expectations_of(const VariantResult& result) {
  Json expectations = Json::array();
  for (const scenarios::Verdict& verdict : result.verdicts) {
    expectations.push_back({{"metric", verdict.expectation.metric},
                            {"expected", verdict.expectation.text},
                            {"holds", verdict.holds},
                            {"measured", to_json(verdict.measured)},
                            {"line", verdict.expectation.position.line}});
  }
  return expectations;
}

Json variant_of(const VariantView& view) {
  const VariantResult& result = *view.result;
  Json settings = Json::object();
  for (const auto& [key, value] : result.variant.settings) settings[key] = value;
  return {{"label", result.variant.label},
          {"settings", settings},
          {"connections_per_row", to_json(metric(result, "connections.per_row"))["value"]},
          {"metrics", metrics_of(result)},
          {"statistics", statistics_json(result)},
          {"flows", flows_of(view)},
          {"sample", sample_of(view)},
          {"expectations", expectations_of(result)}};
}

Json findings_of(const Study& study) {
  const auto label = [&](std::size_t variant) {
    return study.variants[variant].result->variant.label;
  };
  Json all = Json::array();
  for (const Finding& finding : findings(study)) {
    Json also = Json::array();
    for (const std::size_t variant : finding.also) also.push_back(label(variant));
    all.push_back({{"name", finding.name},
                   {"weight", number(finding.weight)},
                   {"variant", label(finding.variant)},
                   {"also", also},
                   {"what", finding.what},
                   {"evidence", finding.evidence},
                   {"why", finding.why},
                   {"change", finding.change}});
  }
  return all;
}

Json scenario_of(const scenarios::Results& results) {
  const scenarios::Scenario& scenario = results.scenario;
  return {{"title", scenario.title},
          {"file", scenario.file},
          {"hash", results.scenario_hash},
          {"seed", scenario.run.seed},
          {"replications", scenario.run.replications},
          {"duration", sim::seconds(scenario.run.duration)},
          {"warm_up", sim::seconds(scenario.run.warm_up)},
          {"browser", scenario.world.browser.name}};
}

}  // namespace

std::string json_report(const scenarios::Results& results) {
  const Study subject = study(results);
  Json variants = Json::array();
  for (const VariantView& view : subject.variants) variants.push_back(variant_of(view));
  const Json report = {{"schema", "sixslots/1"},          {"tool", "sixslots"},
                       {"version", results.version},      {"scenario", scenario_of(results)},
                       {"variants", std::move(variants)}, {"findings", findings_of(subject)}};
  // Names come from outside: what is not UTF-8 becomes U+FFFD.
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sixslots::reports
