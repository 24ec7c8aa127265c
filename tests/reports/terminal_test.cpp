#include "reports/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "reports/precision.hpp"
#include "reports/text.hpp"
#include "reports/variants_table.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

using Catch::Matchers::Contains;

int widest_line(const std::string& report) {
  int widest = 0;
  std::istringstream lines(report);
  for (std::string line; std::getline(lines, line);) {
    widest = std::max(widest, display_width(line));
  }
  return widest;
}

long number_of_lines(const std::string& report) {
  return std::count(report.begin(), report.end(), '\n');
}

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

}  // namespace

TEST_CASE("no line is wider than the terminal") {
  const scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  for (const int width : {40, 60, 80, 120}) {
    CHECK(widest_line(terminal_report(results, {.width = width})) <= width);
  }
}

TEST_CASE("a terminal without Unicode gets ASCII") {
  const scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  const std::string report = terminal_report(results, {.unicode = false});
  CHECK(is_ascii(report));
  CHECK_THAT(report, Contains("#"));
  CHECK(widest_line(report) <= 80);
}

TEST_CASE("colour adds escapes and nothing else") {
  const scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  const std::string plain = terminal_report(results, {});
  CHECK(plain.find('\x1b') == std::string::npos);
  CHECK_THAT(terminal_report(results, {.color = true}), Contains("\x1b[31m"));
}

TEST_CASE("the report goes from the verdict to the provenance") {
  const scenarios::Results results = answer(
      twenty_rows(std::string(designs_and_protocols) + "[expect]\n\"click.starved\" = \"== 0\"\n"));
  const std::string report = terminal_report(results, {});
  std::size_t at = 0;
  for (const char* part : {"Twenty rows", "With stream-per-row", "never", "Findings",
                           "First replication", "never sent", "Expectations",
                           "FAIL click.starved == 0", "PASS click.starved == 0", "seed 1"}) {
    INFO(part);
    const std::size_t found = report.find(part, at);
    REQUIRE(found != std::string::npos);
    at = found;
  }
}

TEST_CASE("a failed expectation says what was measured and where it stands") {
  const scenarios::Results results =
      answer(twenty_rows("[expect]\n\"click.latency.p95\" = \"< 300ms\"\n"));
  CHECK_THAT(
      terminal_report(results, {.width = 100}),
      Contains(
          "FAIL click.latency.p95 < 300ms  stream-per-row, http/1.1: got never (question.toml:"));
}

TEST_CASE("a bound below a limit that is to be exceeded is neither passed nor failed") {
  const scenarios::Results results =
      answer(twenty_rows("[expect]\n\"click.latency.mean\" = \"> 2min\"\n"));
  const std::string report = terminal_report(results, {.width = 100});
  CHECK_THAT(report, Contains("OPEN click.latency.mean > 2min  stream-per-row, http/1.1: got > "));
  CHECK_THAT(report, !Contains("FAIL"));
}

TEST_CASE("names from outside break neither lines nor columns") {
  scenarios::Results results = answer(twenty_rows());
  results.scenario.title = "\x1b[2J \u202E🙂\n";
  scenarios::VariantResult& result = results.variants.front();
  result.variant.label = "日本\t\"label\"";
  for (scenarios::Scenario* scenario : {&results.scenario, &result.variant.scenario}) {
    scenario->world.requests.front().name = "<b>שמור</b> 🙂 \"x\"";
  }
  const std::string report = terminal_report(results, {});
  CHECK(report.find('\x1b') == std::string::npos);
  CHECK(report.find("\u202E") == std::string::npos);
  CHECK_THAT(report, Contains("<b>שמור</b> 🙂 \"x\""));
  CHECK_THAT(report, Contains("日本 \"label\""));
  CHECK(widest_line(report) <= 80);
}

TEST_CASE("ten thousand rows do not make a long report") {
  const scenarios::Results results = answer(R"(
[run]
duration = "20s"
replications = 1
[page]
rows = 10000
design = "stream-per-row"
[[request]]
name = "click"
arrivals = { every = "10ms" }
)");
  CHECK(number_of_lines(terminal_report(results, {})) < 80);
}

TEST_CASE("a hundred variants do not make a long report") {
  std::string rows;
  for (int i = 1; i <= 100; ++i) rows += std::to_string(i) + ", ";
  const scenarios::Results results =
      answer(twenty_rows("[compare]\n\"page.rows\" = [" + rows + "]\n"));
  const std::string report = terminal_report(results, {});
  CHECK(number_of_lines(report) < 160);
  CHECK_THAT(report, Contains("… 60 more variants"));
}

TEST_CASE("a page without rows and requests is reported all the same") {
  const std::string report = terminal_report(answer("[page]\nrows = 0\n"), {});
  CHECK_THAT(report, Contains("Nobody clicks here"));
}

TEST_CASE("results without variants have a report") {
  CHECK_THAT(terminal_report(scenarios::Results(), {}), Contains("Nothing was simulated."));
}

TEST_CASE("requests that the page gives up have a column, where there are any") {
  const std::string patient = terminal_report(answer(twenty_rows(designs_and_protocols)), {});
  CHECK_THAT(patient, !Contains("given up"));
  const scenarios::Results results =
      answer(twenty_rows("patience = \"2s\"\n" + std::string(designs_and_protocols)));
  const std::string text = terminal_report(results, {});
  CHECK_THAT(text, Contains(" given up "));
  CHECK_THAT(text, Contains("given up: by the page"));
  const Study subject = study(results);
  const Table table = variants_table(subject, subject.flow, Columns::flow, 1);
  const auto column = std::ranges::find(table.columns, "given up", &Table::Column::head);
  REQUIRE(column != table.columns.end());
  CHECK(table.rows.front().cells[static_cast<std::size_t>(column - table.columns.begin())] == "9");
  CHECK(widest_line(text) <= 80);
}

TEST_CASE("replications are those that were simulated, and not those that were asked for") {
  scenarios::Results results =
      answer(twenty_rows("[compare]\n\"page.design\" = [\"polling\", \"websocket\"]\n"));
  results.variants.back().replications = 25;
  for (scenarios::MetricValue& value : results.variants.back().metrics) {
    if (value.info.name == "connections.mean") value.interval = scenarios::Interval{1.0, 2.0};
  }
  const std::string differ = terminal_report(results, {});
  CHECK_THAT(differ, Contains("from call to answer, in 3 to 25 replications of 60 s"));
  CHECK_THAT(differ, Contains("seed 1, 3 to 25 replications"));
  CHECK_THAT(differ, Contains("95 % intervals over 3 to 25 terminating replications"));
  results.variants.front().replications = 25;
  CHECK_THAT(terminal_report(results, {}), Contains("seed 1, 25 replications"));
}

TEST_CASE("the captions of a narrow terminal are not cut off") {
  const std::string text = terminal_report(answer(twenty_rows()), {.width = 40});
  CHECK_THAT(text, Contains("The click, from call to answer, in 3\nreplications of 60 s\n"));
}

TEST_CASE("warnings that differ by their numbers alone are told once") {
  scenarios::Results results = answer(twenty_rows("[compare]\n\"page.rows\" = [1, 2, 3]\n"));
  int failed = 56;
  for (scenarios::VariantResult& variant : results.variants) {
    variant.diagnosis.warnings = {fmt::format("{} of 87 clicks failed", failed++),
                                  "the warm-up is short"};
  }
  const std::string text = terminal_report(results, {.width = 120});
  CHECK_THAT(text, Contains("Warning: 56 of 87 clicks failed (rows 1; other numbers in 2 more "
                            "variants)\nWarning: the warm-up is short\n"));
  CHECK_THAT(text, !Contains("57 of 87"));
}

TEST_CASE("a report does not begin with an empty line") {
  Sheet sheet(TerminalStyle{.width = 80});
  sheet.blank();
  sheet.paragraph({}, "first");
  sheet.blank();
  CHECK(sheet.text() == "first\n\n");
}

TEST_CASE("accounts that are far apart are not said to agree") {
  const auto said = [](double difference) {
    Sheet sheet(TerminalStyle{.width = 200});
    print_littles_law(sheet, {difference, 0.001});
    return sheet.text();
  };
  CHECK_THAT(said(0.004), Contains("agree within 0.4 %."));
  CHECK_THAT(said(4.5), Contains("do not agree: they differ by up to 450.0 %."));
}

}  // namespace sixslots::reports
