#include "reports/plan_report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/plan_limit.hpp"
#include "reports/plan_words.hpp"
#include "reports/precision.hpp"
#include "reports/sheet.hpp"
#include "reports/statistics_json.hpp"
#include "reports/table.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"
#include "scenarios/scale.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::MetricValue;
using scenarios::Plan;
using scenarios::PlanAnswer;
using scenarios::PlanPoint;
using scenarios::Verdict;

/// Each answer in full; of more, their table says enough.
constexpr std::size_t most_in_detail = 4;

std::string or_dash(const std::string& text) { return text.empty() ? "–" : text; }

void print_answers(Sheet& sheet, const Plan& plan) {
  Table table;
  table.columns = {{plan.question.largest ? "largest" : "smallest", 9, true},
                   {"99 % interval", 7, true},
                   {"fails at", 5, true}};
  for (const PlanAnswer& answer : plan.answers) {
    Table::Row row;
    row.label = clean(answer.variant.label);
    row.cells = {answer_text(plan, answer), or_dash(doubt_text(answer)),
                 or_dash(failure_text(answer))};
    if (answer.kind == PlanAnswer::Kind::nowhere) row.ink = Ink::bad;
    table.rows.push_back(std::move(row));
  }
  print_table(sheet, std::move(table));
}

std::string verdict_word(const PlanPoint& point) {
  return fmt::format("{}{}", point.holds ? "holds" : "fails", point.sure ? "" : "?");
}

/// The numbers about an answer, each with what its run measured.
void print_points(Sheet& sheet, const Plan& plan, const PlanAnswer& answer) {
  Table table;
  table.columns = {{"", 9}};
  for (const Verdict& verdict : answer.points.front().result.verdicts) {
    table.columns.push_back({verdict.expectation.metric, 5, true});
  }
  const std::vector<std::size_t> failing = failing_besides(answer);
  for (const std::size_t flow : failing) {
    const scenarios::Scenario& scenario = answer.points.front().result.variant.scenario;
    table.columns.push_back({clean(scenario.world.requests[flow].name) + ".failed", 4, true});
  }
  bool any_unsure = false;
  for (const PlanPoint* point : points_about(answer)) {
    Table::Row row;
    row.label = point->value;
    row.cells.push_back(verdict_word(*point));
    for (const Verdict& verdict : point->result.verdicts) {
      row.cells.push_back(measured_text(verdict));
    }
    for (const std::size_t flow : failing) row.cells.push_back(failed_text(*point, flow));
    row.ink = point->holds ? Ink::plain : Ink::bad;
    any_unsure = any_unsure || !point->sure;
    table.rows.push_back(std::move(row));
  }
  sheet.line(key_text(plan), Ink::dim);
  print_table(sheet, std::move(table));
  if (any_unsure) sheet.line("?: this verdict may be luck", Ink::dim);
  const std::string left_out = left_out_text(answer);
  if (!left_out.empty()) sheet.paragraph({}, left_out, Ink::dim);
}

std::string summary(const Plan& plan, const PlanAnswer& answer) {
  const std::string value = answer_text(plan, answer);
  switch (answer.kind) {
    case PlanAnswer::Kind::nowhere:
      return fmt::format("No number that was looked at, down to the easiest ({}).", answer.value);
    case PlanAnswer::Kind::everywhere:
      return fmt::format("{}: it holds at every number that was looked at.", value);
    case PlanAnswer::Kind::found:
      break;
  }
  const std::string doubt = doubt_text(answer);
  if (doubt.empty()) return fmt::format("{}; the next one fails.", value);
  return fmt::format("{}; it may be {} (99 % confidence{}){}.", value, doubt,
                     answer.fitted ? ", fitted through five numbers" : "",
                     answer.safe ? fmt::format(", and {} is safe", answer.easier_end()) : "");
}

void print_answer(Sheet& sheet, const Plan& plan, const PlanAnswer& answer) {
  sheet.blank();
  sheet.paragraph({}, sentence(clean(answer.variant.label)), Ink::strong);
  const Ink ink = answer.kind == PlanAnswer::Kind::nowhere ? Ink::bad : Ink::plain;
  sheet.paragraph({"  ", Ink::plain}, summary(plan, answer), ink);
  const std::string searched = search_text(plan, answer);
  if (!searched.empty()) sheet.paragraph({"  ", Ink::plain}, searched);
  const std::string unkept = unkept_text(answer);
  if (!unkept.empty()) sheet.paragraph({"  ", Ink::plain}, unkept, Ink::bad);
  print_points(sheet, plan, answer);
  const std::string limit = limit_text(answer);
  if (!limit.empty()) sheet.paragraph({"What binds: ", Ink::strong}, limit);
  const scenarios::PlanPoint* at_answer = answer.at_answer();
  const scenarios::PlanPoint& seen = at_answer != nullptr ? *at_answer : answer.points.front();
  for (const std::string& warning : seen.result.diagnosis.warnings) {
    sheet.paragraph({"Warning: ", Ink::bad}, warning);
  }
}

Json condition_json(const Verdict& verdict) {
  const MetricValue& value = verdict.measured;
  const bool none = value.kind == MetricValue::Kind::none;
  Json json{{"metric", verdict.expectation.metric},
            {"condition", verdict.expectation.text},
            {"value", none ? Json(nullptr) : Json(value.value)},
            {"censored", value.is_bound()},
            {"holds", verdict.holds}};
  add_interval(json, value);
  return json;
}

Json flows_json(const PlanPoint& point) {
  Json flows = Json::object();
  for (std::size_t i = 0; i < point.result.flows.size(); ++i) {
    const models::FlowStatistics& flow = point.result.flows[i];
    flows[point.result.variant.scenario.world.requests[i].name] = {{"count", flow.count},
                                                                   {"failed", flow.failed}};
  }
  return flows;
}

Json answer_json(const Plan& plan, const PlanAnswer& answer) {
  const scenarios::Address address =
      scenarios::locate(plan.question.key, answer.variant.scenario, {});
  const double unit = scenarios::scale_of(*address.key)->unit;
  const auto number = [&](std::int64_t n) { return static_cast<double>(n) / unit; };
  constexpr std::string_view kinds[] = {"found", "everywhere", "nowhere"};
  Json points = Json::array();
  for (const PlanPoint& point : answer.points) {
    Json conditions = Json::array();
    for (const Verdict& verdict : point.result.verdicts) {
      conditions.push_back(condition_json(verdict));
    }
    points.push_back({{"value", point.value},
                      {"number", number(point.number)},
                      {"holds", point.holds},
                      {"sure", point.sure},
                      {"flows", flows_json(point)},
                      {"conditions", std::move(conditions)}});
  }
  Json settings = Json::object();
  for (const auto& [key, value] : answer.variant.settings) settings[key] = value;
  return {{"label", answer.variant.label},
          {"settings", std::move(settings)},
          {"kind", kinds[static_cast<std::size_t>(answer.kind)]},
          {"value", answer.value},
          {"number", number(answer.number)},
          {"interval", {number(answer.low), number(answer.high)}},
          {"safe", answer.kind == PlanAnswer::Kind::found ? Json(answer.safe) : Json(nullptr)},
          {"fitted", answer.fitted},
          {"too_dear", answer.too_dear.empty() ? Json(nullptr) : Json(answer.too_dear)},
          {"reversed_at", answer.reversed_at.empty() ? Json(nullptr) : Json(answer.reversed_at)},
          {"probes", answer.probes},
          {"replications", answer.replications},
          {"limit", limit_text(answer)},
          {"points", std::move(points)}};
}

}  // namespace

std::string plan_report(const Plan& plan, const TerminalStyle& style) {
  Sheet sheet(style);
  const std::string& title = plan.scenario.title;
  sheet.paragraph({}, clean(title.empty() ? plan.scenario.file : title), Ink::strong);
  sheet.paragraph({}, question_text(plan));
  if (plan.answers.size() > 1) {
    sheet.blank();
    print_answers(sheet, plan);
  }
  if (plan.answers.size() > most_in_detail) {
    for (const std::string& text : search_texts(plan)) sheet.paragraph({}, text, Ink::dim);
  }
  if (plan.answers.size() <= most_in_detail) {
    for (const PlanAnswer& answer : plan.answers) print_answer(sheet, plan, answer);
  }
  int replications = 0;
  int probes = 0;
  std::vector<std::optional<double>> differences;
  for (const PlanAnswer& answer : plan.answers) {
    replications += answer.replications;
    probes += answer.probes;
    for (const PlanPoint& point : answer.points) {
      differences.push_back(littles_difference(point.result));
    }
  }
  sheet.blank();
  print_littles_law(sheet, differences);
  sheet.paragraph({},
                  fmt::format("{} in {}, each with random numbers of its own; seed {}, scenario "
                              "{}, sixslots {}",
                              counted(static_cast<std::uint64_t>(probes), "number"),
                              counted(static_cast<std::uint64_t>(replications), "replication"),
                              plan.scenario.run.seed, plan.hash, plan.version),
                  Ink::dim);
  return sheet.text();
}

std::string plan_json(const Plan& plan) {
  Json answers = Json::array();
  for (const PlanAnswer& answer : plan.answers) answers.push_back(answer_json(plan, answer));
  const Json json{{"schema", "sixslots-plan/1"},
                  {"version", plan.version},
                  {"hash", plan.hash},
                  {"seed", plan.scenario.run.seed},
                  {"key", plan.question.key},
                  {"goal", plan.question.largest ? "largest" : "smallest"},
                  {"confidence", scenarios::plan_confidence},
                  {"answers", std::move(answers)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sixslots::reports
