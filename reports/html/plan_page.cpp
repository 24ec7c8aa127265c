#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/charts/svg.hpp"
#include "reports/html/html_table.hpp"
#include "reports/html/page.hpp"
#include "reports/plan_limit.hpp"
#include "reports/plan_report.hpp"
#include "reports/plan_words.hpp"
#include "reports/study_axes.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"
#include "scenarios/scale.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Axis;
using scenarios::Plan;
using scenarios::PlanAnswer;
using scenarios::PlanPoint;
using scenarios::Scale;
using Kind = PlanAnswer::Kind;

constexpr std::size_t most_in_detail = 12;

const Scale* scale_of(const Plan& plan, const std::string& key) {
  return scenarios::scale_of(*scenarios::locate(key, plan.scenario, {}).key);
}

std::string axis_label(const std::string& key, const Scale& scale) {
  if (scale.unit_name.empty()) return short_key(key);
  return fmt::format("{} ({})", short_key(key), scale.unit_name);
}

/// The values of the other compared keys.
std::string family_of(const PlanAnswer& answer, const std::string& key) {
  std::string name;
  for (const auto& [other, value] : answer.variant.settings) {
    if (other == key) continue;
    name += fmt::format("{}{}", name.empty() ? "" : ", ", clean(value));
  }
  return name;
}

LineChart::Sample sample_of(const PlanAnswer& answer, double x, const Scale& scale) {
  const auto number = [&](std::int64_t n) { return static_cast<double>(n) / scale.unit; };
  return {x, number(answer.number), number(answer.low), number(answer.high),
          answer.kind == Kind::everywhere};
}

/// The answers against the values of a compared key that are numbers.
LineChart frontier(const Plan& plan, const Axis& axis, const Scale& across) {
  const Scale& up = *scale_of(plan, plan.question.key);
  LineChart chart;
  const std::string_view extreme = plan.question.largest ? "largest" : "smallest";
  chart.x_label = axis_label(axis.key, across);
  chart.y_label = fmt::format("{} {}", extreme, axis_label(plan.question.key, up));
  chart.title = sentence(fmt::format("{} against {}", chart.y_label, chart.x_label));
  chart.band = "99 % interval of the answer";
  chart.bound = "the last number that was looked at, and it holds";
  chart.values = LineChart::Values::numbers;
  for (const PlanAnswer& answer : plan.answers) {
    if (answer.kind == Kind::nowhere) continue;
    const std::string name = family_of(answer, axis.key);
    auto series = std::ranges::find(chart.series, name, &LineChart::Series::name);
    if (series == chart.series.end()) series = chart.series.insert(series, {name, {}, {}});
    const auto setting = std::ranges::find(answer.variant.settings, axis.key,
                                           &std::pair<std::string, std::string>::first);
    const scenarios::Subject subject{axis.position, axis.key};
    const double x = static_cast<double>(across.parse(setting->second, subject)) / across.unit;
    series->samples.push_back(sample_of(answer, x, up));
  }
  for (LineChart::Series& series : chart.series) {
    if (series.name.empty()) series.name = plan.question.largest ? "holds below" : "holds above";
    std::ranges::sort(series.samples, {}, &LineChart::Sample::x);
  }
  return chart;
}

std::vector<LineChart> frontiers(const Plan& plan) {
  std::vector<LineChart> charts;
  for (const Axis& axis : plan.scenario.compare) {
    if (axis.key == plan.question.key || axis.values.size() < 2) continue;
    if (const Scale* scale = scale_of(plan, axis.key)) {
      charts.push_back(frontier(plan, axis, *scale));
    }
  }
  return charts;
}

std::string or_dash(const std::string& text) { return text.empty() ? "–" : text; }

std::string answers_table(const Plan& plan) {
  HtmlTable table(question_text(plan), {"variant", plan.question.largest ? "largest" : "smallest",
                                        "99 % interval", "fails at", "simulated"});
  for (const PlanAnswer& answer : plan.answers) {
    table.row(
        clean(answer.variant.label),
        {answer_text(plan, answer), or_dash(doubt_text(answer)), or_dash(failure_text(answer)),
         fmt::format("{} numbers, {} replications", answer.probes, answer.replications)},
        answer.kind == Kind::nowhere);
  }
  return table.html();
}

std::string points_table(const Plan& plan, const PlanAnswer& answer) {
  std::vector<std::string> heads{short_key(plan.question.key), "verdict"};
  for (const scenarios::Verdict& verdict : answer.points.front().result.verdicts) {
    heads.push_back(fmt::format("{} {}", verdict.expectation.metric, verdict.expectation.text));
  }
  const std::vector<std::size_t> failing = failing_besides(answer);
  for (const std::size_t flow : failing) {
    const scenarios::Scenario& scenario = answer.points.front().result.variant.scenario;
    heads.push_back(scenario.world.requests[flow].name + ".failed");
  }
  HtmlTable table(fmt::format("{}: about the answer", answer.variant.label), heads);
  for (const PlanPoint* point : points_about(answer)) {
    std::vector<std::string> cells{fmt::format("{}{}", point->holds ? "✓ holds" : "✗ fails",
                                               point->sure ? "" : ", perhaps by luck")};
    for (const scenarios::Verdict& verdict : point->result.verdicts) {
      cells.push_back(measured_text(verdict));
    }
    for (const std::size_t flow : failing) cells.push_back(failed_text(*point, flow));
    table.row(point->value, cells, !point->holds);
  }
  const std::string left_out = left_out_text(answer);
  if (left_out.empty()) return table.html();
  return fmt::format("{}<p class=\"note\">{}.</p>\n", table.html(), escaped(left_out));
}

std::string details(const Plan& plan) {
  std::string html = "<section><h2>About the answers</h2>\n";
  for (std::size_t i = 0; i < std::min(plan.answers.size(), most_in_detail); ++i) {
    const PlanAnswer& answer = plan.answers[i];
    html += fmt::format("<h3>{}</h3>\n", escaped(sentence(clean(answer.variant.label))));
    const std::string searched = search_text(plan, answer);
    if (!searched.empty()) html += fmt::format("<p>{}</p>\n", escaped(searched));
    const std::string unkept = unkept_text(answer);
    if (!unkept.empty()) html += fmt::format("<p>{}</p>\n", escaped(unkept));
    const std::string limit = limit_text(answer);
    if (!limit.empty()) html += fmt::format("<p>{}</p>\n", escaped("What binds: " + limit));
    html += points_table(plan, answer);
  }
  if (plan.answers.size() > most_in_detail) {
    html += fmt::format("<p class=\"note\">… {} more; the JSON has all of them.</p>\n",
                        plan.answers.size() - most_in_detail);
  }
  return html + "</section>\n";
}

/// "page.rows may be 5 with stream-per-row and 64 with polling"
std::string finding(const Plan& plan) {
  if (plan.answers.size() == 1) {
    const PlanAnswer& only = plan.answers.front();
    return fmt::format("{}: {}", question_text(plan), answer_text(plan, only));
  }
  return question_text(plan);
}

std::string methods(const Plan& plan) {
  std::string html = "<section><h2>How this was made</h2>\n<p>";
  html += escaped(
      "Each number of the key was simulated with random numbers of its own. Where the condition is "
      "a mean or a quantile and neighbours differ little, a parabola was fitted to the logarithm "
      "of what five numbers measured, and the interval is the jackknife’s over replications; else "
      "the answer lies between a number that was seen to hold and one that was seen to fail.");
  html += "</p>\n";
  if (!plan.scenario.text.empty()) {
    html +=
        fmt::format("<h3>The scenario</h3>\n<pre>{}</pre>\n", escaped_lines(plan.scenario.text));
  }
  return html + "</section>\n";
}

}  // namespace

std::string plan_html(const Plan& plan) {
  HtmlPage page;
  page.kicker = plan.scenario.title.empty() ? plan.scenario.file : plan.scenario.title;
  page.finding = finding(plan);
  page.bad = std::ranges::any_of(plan.answers,
                                 [](const PlanAnswer& a) { return a.kind == Kind::nowhere; });
  page.provenance = fmt::format("sixslots {}, seed {}, scenario {}", plan.version,
                                plan.scenario.run.seed, plan.hash);
  page.version = plan.version;
  page.data = nlohmann::ordered_json::parse(plan_json(plan))
                  .dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
  page.sections = "<section><h2>Answers</h2>\n" + figures(frontiers(plan)) + answers_table(plan) +
                  "</section>\n" + details(plan) + methods(plan);
  return html_of(page);
}

}  // namespace sixslots::reports
