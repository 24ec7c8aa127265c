#include "reports/path_matrix.hpp"

#include <nlohmann/json.hpp>

#include "reports/grades.hpp"
#include "reports/html.hpp"
#include "reports/json.hpp"
#include "reports/markdown.hpp"
#include "reports/terminal.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

using Catch::Matchers::Contains;

constexpr std::string_view three_paths = R"(
[compare]
"page.design" = ["stream-per-row", "polling"]
"path" = ["local-dev", "php-fpm", "cdn-h2"]
)";

std::vector<Grade> grades(const scenarios::Results& results) {
  const Study subject = study(results);
  std::vector<Grade> all;
  for (const VariantView& view : subject.variants) all.push_back(grade(subject, view).grade);
  return all;
}

TEST_CASE(
    "the matrix is red where clicks are starved or unanswered, green where they come through") {
  const scenarios::Results results = answer(twenty_rows(three_paths));
  const Grade g = Grade::green;
  const Grade r = Grade::red;
  CHECK(grades(results) == std::vector<Grade>{r, r, g, g, g, g});
  const std::string text = terminal_report(results, {});
  CHECK_THAT(text, Contains("           stream-per-row     polling\n"
                            "local-dev  ✗ 100 % starved    ✓ 70 ms\n"
                            "php-fpm    ✗ 100 % no answer  ✓ 77 ms\n"
                            "cdn-h2     ✓ 199 ms           ✓ 139 ms\n"));
  CHECK_THAT(markdown_report(results), Contains("| php-fpm | ✗ 100 % no answer | ✓ 77 ms |"));
  CHECK_THAT(html_report(results), Contains("<td class=\"bad\">✗ 100 % starved</td>"));
  const auto json = nlohmann::json::parse(json_report(results, Records::none));
  const auto& rows = json.at("matrices").at(0).at("rows");
  CHECK(rows.at("local-dev").at("stream-per-row").at("grade") == "red");
  CHECK(rows.at("cdn-h2").at("stream-per-row").at("grade") == "green");
}

TEST_CASE(
    "a queue that grows is red, though no request waited much longer than the answered ones") {
  const scenarios::Results results = answer(R"([run]
duration = "60s"
replications = 5
[[named_path]]
name = "mine"
network = "lan"
[[named_path.hop]]
kind = "nginx"
[[named_path.hop]]
kind = "gunicorn"
[[hop]]
kind = "node"
[page]
rows = 3
design = "single-stream"
[[request]]
name = "click"
by_user = true
[compare]
path = ["own", "mine"]
)");
  CHECK(grades(results) == std::vector<Grade>{Grade::green, Grade::red});
  CHECK_THAT(terminal_report(results, {}), Contains("mine  ✗ 39 % no answer\n"));
}

TEST_CASE("a budget that is not kept makes a cell red, with the value that is too large") {
  const scenarios::Results results = answer(
      twenty_rows(std::string(three_paths) + "[expect]\n\"click.latency.p95\" = \"< 100ms\"\n"));
  const Study subject = study(results);
  CHECK(grade(subject, subject.variants[3]).grade == Grade::green);
  const Graded late = grade(subject, subject.variants[5]);
  CHECK(late.grade == Grade::red);
  CHECK(late.text == "p95 139 ms");
}

TEST_CASE("paths alone are a matrix of one column") {
  const scenarios::Results results =
      answer(twenty_rows("[compare]\n\"path\" = [\"local-dev\", \"cdn-h2\"]\n"));
  CHECK_THAT(terminal_report(results, {}), Contains("           stream-per-row\n"
                                                    "local-dev  ✗ 100 % starved\n"
                                                    "cdn-h2     ✓ 199 ms\n"));
}

TEST_CASE("a matrix wider than the terminal is printed in blocks") {
  const scenarios::Results results = answer(twenty_rows(three_paths));
  const std::string text = terminal_report(results, {.width = 34});
  CHECK_THAT(text, Contains("           stream-per-row\nlocal-dev  ✗ 100 % starved\n"));
  CHECK_THAT(text, Contains("           polling\nlocal-dev  ✓ 70 ms\n"));
}

TEST_CASE("without paths there is no matrix in the terminal") {
  CHECK_THAT(terminal_report(answer(twenty_rows(designs_and_protocols)), {}),
             !Contains("does it get through"));
}

}  // namespace
}  // namespace sixslots::reports
