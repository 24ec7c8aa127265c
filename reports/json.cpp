#include "reports/json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/closed_forms.hpp"
#include "reports/findings.hpp"
#include "reports/metric_text.hpp"
#include "reports/provenance.hpp"
#include "reports/saved/detail.hpp"
#include "reports/statistics_json.hpp"
#include "reports/study.hpp"
#include "reports/study_charts.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::Judgement;
using scenarios::MetricValue;
using scenarios::VariantResult;

constexpr std::size_t most_points = 500;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json to_json(const MetricValue& value) {
  const bool never = value.kind == MetricValue::Kind::never;
  const bool none = value.kind == MetricValue::Kind::none;
  Json json{{"value", none ? Json(nullptr) : number(value.value)},
            {"unit", unit_name(value.info.unit)},
            {"censored", value.is_bound()},
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
    flows[flow.flow->name] = {{"count", seen.count},       {"starved", seen.starved},
                              {"censored", seen.censored}, {"failed", seen.failed},
                              {"given_up", seen.given_up}, {"waited", seen.waited}};
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
          {"waiting_requests", thinned(seen.waiting_requests)},
          {"workers_busy", thinned(seen.workers_busy)}};
}

Json expectations_of(const VariantResult& result) {
  Json expectations = Json::array();
  for (const scenarios::Verdict& verdict : result.verdicts) {
    const bool undecided = verdict.judgement == Judgement::undecided;
    expectations.push_back(
        {{"metric", verdict.expectation.metric},
         {"expected", verdict.expectation.text},
         {"judgement", judgement_name(verdict.judgement)},
         {"holds", undecided ? Json(nullptr) : Json(verdict.judgement == Judgement::pass)},
         {"measured", to_json(verdict.measured)},
         {"line", verdict.expectation.position.line},
         {"cure", verdict.cure.empty() ? Json(nullptr) : Json(verdict.cure)}});
  }
  return expectations;
}

Json walls_of(const std::vector<Wall>& walls) {
  Json all = Json::array();
  for (const Wall& wall : walls) {
    const bool limited = wall.limit > 0;
    all.push_back({{"place", wall.place},
                   {"holds", wall.unit.empty() ? Json(nullptr) : Json(wall.unit + wall.until)},
                   {"peak", number(wall.peak)},
                   {"limit", limited ? Json(wall.limit) : Json(nullptr)},
                   {"key", limited ? Json(wall.key) : Json(nullptr)},
                   {"lost", wall.lost},
                   {"queue_peak", number(wall.queue)},
                   {"refused", number(wall.refused)},
                   {"binds", wall.binds()}});
  }
  return all;
}

Json variant_of(const VariantView& view, Records records) {
  const VariantResult& result = *view.result;
  Json settings = Json::object();
  for (const auto& [key, value] : result.variant.settings) settings[key] = value;
  const std::vector<Wall> its = walls(view);
  const std::optional<std::size_t> first = first_wall(its, view.world().fleet.users);
  Json variant = {{"label", result.variant.label},
                  {"settings", settings},
                  {"connections_per_row", to_json(metric(result, "connections.per_row"))["value"]},
                  {"metrics", metrics_of(result)},
                  {"statistics", statistics_json(result)},
                  {"closed_form", closed_form_json(result)},
                  {"flows", flows_of(view)},
                  {"walls", walls_of(its)},
                  {"first_wall", first ? Json(*first) : Json(nullptr)},
                  {"sample", sample_of(view)},
                  {"expectations", expectations_of(result)}};
  if (records == Records::all) variant["detail"] = detail_of(result);
  return variant;
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

Json matrices_of(const Study& study) {
  constexpr std::string_view grades[] = {"green", "green", "red", "none"};
  Json all = Json::array();
  for (const Matrix& matrix : matrices(study)) {
    Json rows = Json::object();
    for (const Matrix::Row& row : matrix.rows) {
      Json cells = Json::object();
      for (std::size_t i = 0; i < matrix.columns.size(); ++i) {
        const Matrix::Cell& cell = row.cells[i];
        cells[matrix.columns[i]] = {{"grade", grades[static_cast<std::size_t>(cell.mark)]},
                                    {"text", cell.text}};
      }
      rows[row.name] = std::move(cells);
    }
    all.push_back(
        {{"caption", matrix.caption}, {"corner", matrix.corner}, {"rows", std::move(rows)}});
  }
  return all;
}

/// "page.rows=5", as --set takes it.
Json options_set(const scenarios::Scenario& scenario) {
  Json options = Json::array();
  for (const scenarios::Setting& setting : scenario.settings) {
    if (setting.position.file == "--set") options.push_back(setting.key + "=" + setting.value);
  }
  for (const scenarios::Axis& axis : scenario.compare) {
    if (axis.position.file == "--set") options.push_back(axis.key + "=" + axis.values.front());
  }
  return options;
}

Json options_varied(const scenarios::Scenario& scenario) {
  Json options = Json::array();
  for (const scenarios::Axis& axis : scenario.compare) {
    if (axis.position.file != "--vary") continue;
    options.push_back(fmt::format("{}={}", axis.key, fmt::join(axis.values, ",")));
  }
  return options;
}

Json scenario_of(const scenarios::Results& results) {
  const scenarios::Scenario& scenario = results.scenario;
  return {{"title", scenario.title},
          {"file", scenario.file},
          {"hash", results.scenario_hash},
          {"seed", scenario.run.seed},
          {"replications", replications_of(results).most},
          {"duration", sim::seconds(scenario.run.duration)},
          {"warm_up", sim::seconds(scenario.run.left_out())},
          {"browser", scenario.world.browser.name},
          {"text", scenario.text},
          {"set", options_set(scenario)},
          {"vary", options_varied(scenario)}};
}

}  // namespace

std::string json_report(const scenarios::Results& results, Records records) {
  const Study subject = study(results);
  Json variants = Json::array();
  for (const VariantView& view : subject.variants) variants.push_back(variant_of(view, records));
  const Json report = {{"schema", "sixslots/1"},           {"tool", "sixslots"},
                       {"version", results.version},       {"interrupted", results.interrupted},
                       {"scenario", scenario_of(results)}, {"variants", std::move(variants)},
                       {"matrices", matrices_of(subject)}, {"findings", findings_of(subject)}};
  // Names come from outside: what is not UTF-8 becomes U+FFFD.
  return report.dump(records == Records::all ? -1 : 2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace sixslots::reports
