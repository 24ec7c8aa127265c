#include "reports/verification_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/sheet.hpp"
#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Interval;
using scenarios::theory::Judgement;
using scenarios::theory::Measure;
using scenarios::theory::Measured;
using scenarios::theory::Verification;
using scenarios::theory::VerifiedCase;

std::string_view words(Judgement judgement) {
  switch (judgement) {
    case Judgement::holds:
      return "ok";
    case Judgement::off:
      return "off";
    case Judgement::too_short:
      return "too short";
  }
  return {};
}

std::string figures(double value) { return fmt::format("{:.4g}", value); }

std::string interval_text(const Interval& interval) {
  return fmt::format("[{}, {}]", figures(interval.low), figures(interval.high));
}

std::string name_of(const Measure& measure) {
  return measure.kind == Measure::Kind::quantile ? "> " + measure.name : measure.name;
}

std::string row(std::string_view name, std::string_view value, std::string_view interval,
                std::string_view theory, std::string_view z) {
  return fmt::format("  {:<15}{:>10}  {:<22}{:>10}{:>6}  ", name, value, interval, theory, z);
}

void print(Sheet& sheet, const Measured& one) {
  const bool fine = one.judgement == Judgement::holds;
  sheet.line({{row(name_of(one.measure), figures(one.value), interval_text(one.interval),
                   figures(one.truth), one.z ? fmt::format("{:.2f}", *one.z) : "")},
              {std::string(words(one.judgement)), fine ? Ink::good : Ink::bad}});
}

void print_cases(Sheet& sheet, const Verification& all) {
  std::string group;
  for (const VerifiedCase& one : all.cases) {
    if (one.group != group) {
      group = one.group;
      const auto groups = scenarios::theory::theory_groups();
      const auto known = std::ranges::find(groups, group, &scenarios::theory::TheoryGroup::name);
      sheet.blank();
      sheet.line({{group, Ink::strong}, {fmt::format("  {}", known->model)}});
    }
    sheet.line(fmt::format(" {}; R={}", one.parameters, one.replications), Ink::dim);
    for (const Measured& measured : one.measures) print(sheet, measured);
  }
}

std::string spread_of(const Verification& all) {
  if (!all.root_mean_square) return {};
  return fmt::format(
      " The {} z have a root mean square of {:.2f}; intervals that are right give {:.1f} to "
      "{:.2f}.",
      all.scores, *all.root_mean_square, scenarios::theory::least_root_mean_square,
      scenarios::theory::most_root_mean_square);
}

void print_rest(Sheet& sheet) {
  sheet.blank();
  sheet.line("Solved by theory, but no scenario is such a queue", Ink::strong);
  for (const scenarios::theory::Inexpressible& one : scenarios::theory::inexpressible()) {
    sheet.paragraph({fmt::format("  {:<11}", one.group)},
                    fmt::format("{}: {}", one.what, one.reason), Ink::dim);
  }
}

}  // namespace

std::string verification_report(const Verification& all, const TerminalStyle& style) {
  Sheet sheet(style);
  sheet.paragraph({},
                  fmt::format("{} of {} measures agree with queueing theory.{}", all.held,
                              all.measures, spread_of(all)),
                  Ink::strong);
  sheet.blank();
  sheet.line(row("measure", "simulated", "95 % interval", "theory", "z"), Ink::strong);
  print_cases(sheet, all);
  sheet.blank();
  sheet.paragraph({},
                  "Seconds, shares and counts. z: standard errors off. > Wq_p99: the share of "
                  "requests that wait longer than theory's 99th percentile. Off: outside of "
                  "the 99.99 % interval. Too short: the interval is too wide to tell.",
                  Ink::dim);
  print_rest(sheet);
  return sheet.text();
}

std::string verification_json(const Verification& all) {
  using Json = nlohmann::ordered_json;
  Json cases = Json::array();
  for (const VerifiedCase& one : all.cases) {
    Json measures = Json::array();
    for (const Measured& measured : one.measures) {
      measures.push_back({{"name", measured.measure.name},
                          {"theory", measured.measure.truth},
                          {"value", measured.value},
                          {"expected", measured.truth},
                          {"interval", {measured.interval.low, measured.interval.high}},
                          {"z", measured.z ? Json(*measured.z) : Json(nullptr)},
                          {"verdict", words(measured.judgement)}});
    }
    cases.push_back({{"group", one.group},
                     {"parameters", one.parameters},
                     {"replications", one.replications},
                     {"measures", measures}});
  }
  Json rest = Json::array();
  for (const scenarios::theory::Inexpressible& one : scenarios::theory::inexpressible()) {
    rest.push_back({{"group", one.group}, {"what", one.what}, {"reason", one.reason}});
  }
  const Json document = {
      {"schema", "sixslots-verification/1"},
      {"version", SIXSLOTS_VERSION},
      {"holds", all.holds()},
      {"measures", all.measures},
      {"held", all.held},
      {"z_root_mean_square", all.root_mean_square ? Json(*all.root_mean_square) : Json(nullptr)},
      {"cases", cases},
      {"not_expressible", rest}};
  return document.dump(2) + "\n";
}

}  // namespace sixslots::reports
