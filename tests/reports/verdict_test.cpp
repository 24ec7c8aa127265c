#include "reports/verdict.hpp"

#include <algorithm>

#include "reports/findings.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

std::string verdict_on(const std::string& scenario) {
  const scenarios::Results results = answer(scenario);
  return verdict(study(results));
}

std::vector<std::string> finding_names(const scenarios::Results& results) {
  std::vector<std::string> names;
  for (const Finding& finding : findings(study(results))) names.push_back(finding.name);
  return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("the verdict says what hangs, and what was simulated to cure it") {
  const std::string text = verdict_on(twenty_rows(designs_and_protocols));
  CHECK_THAT(text, Catch::Matchers::StartsWith(
                       "With stream-per-row over HTTP/1.1, 14 of 20 event streams never open and "
                       "the click never reaches the server. At the median it takes "));
  CHECK_THAT(text, Catch::Matchers::Contains("with single-stream or websocket over HTTP/1.1"));
  CHECK_THAT(text, Catch::Matchers::Contains("with stream-per-row over HTTP/2."));
}

TEST_CASE("a single variant that hangs gets a verdict without a cure") {
  CHECK(verdict_on(twenty_rows()) ==
        "With stream-per-row over HTTP/1.1, 14 of 20 event streams never open and the click never "
        "reaches the server.");
}

TEST_CASE("a page that works is said to work") {
  const std::string text = verdict_on(twenty_rows("[compare]\n\"page.rows\" = [1, 2, 3]\n"));
  CHECK_THAT(text, Catch::Matchers::StartsWith("Nothing hangs: the click takes "));
}

TEST_CASE("a range of numbers is named by its ends") {
  const std::string text = verdict_on(twenty_rows("[compare]\n\"page.rows\" = [4, 5, 6, 7, 8]\n"));
  CHECK_THAT(text,
             Catch::Matchers::StartsWith("With 6 to 8 rows, the click hangs. At worst, with "));
}

TEST_CASE("a page that nobody clicks on is judged by its streams") {
  const std::string text = verdict_on("[page]\nrows = 8\ndesign = \"stream-per-row\"\n");
  CHECK(
      text ==
      "Nobody clicks here. With stream-per-row over HTTP/1.1, 6 connections are open at most, and "
      "2 of 8 event streams never open; one more row wants 1.00 more.");
}

TEST_CASE("a flow that makes no requests hangs nowhere") {
  const std::string text = verdict_on(
      "[run]\nduration = \"5s\"\nreplications = 1\n"
      "[[request]]\nname = \"save\"\narrivals = { process = \"poisson\", rate = \"0.001/s\" }\n");
  CHECK(text == "Nobody makes the request “save”: the run is too short.");
}

TEST_CASE("slots held by streams are the heaviest finding, with a simulated cure") {
  const scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  const std::vector<Finding> all = findings(study(results));
  REQUIRE(!all.empty());
  CHECK(all.front().name == "slots-held");
  CHECK(all.front().what == "Event streams hold all 6 slots: none of the 9 clicks is ever sent.");
  CHECK_THAT(all.front().evidence, Catch::Matchers::Contains("no POST"));
  CHECK_THAT(all.front().why,
             Catch::Matchers::Contains("connections 1 to 6 are held by rows 1 to 6"));
  CHECK_THAT(all.front().change, Catch::Matchers::Contains("(simulated here)"));
  CHECK(has(finding_names(results), "connections-scale"));
  CHECK(has(finding_names(results), "rows-stay-blank"));
}

TEST_CASE("the same problem over HTTP/2 has a bigger number") {
  const scenarios::Results results =
      answer(twenty_rows("[[hop]]\nprotocol = \"h2\"\nmax_concurrent_streams = 10\n"));
  const std::vector<Finding> all = findings(study(results));
  REQUIRE(!all.empty());
  CHECK(all.front().name == "stream-limit-reached");
  CHECK_THAT(all.front().why, Catch::Matchers::StartsWith("The server allows 10 streams at once"));
}

TEST_CASE("workers held by streams leave the click without an answer") {
  const scenarios::Results results =
      answer(twenty_rows("[[hop]]\nkind = \"php-fpm\"\nprotocol = \"h2\"\n"));
  CHECK(has(finding_names(results), "workers-held"));
  CHECK_THAT(verdict(study(results)),
             Catch::Matchers::Contains("reach the server and get no answer before the run ends"));
}

TEST_CASE("what waits long and is answered is slow, and does not hang") {
  const scenarios::Results results = answer(twenty_rows(R"(
[compare]
"page.design" = ["long-poll-per-row"]
"page.rows" = [40]
)"));
  const Study subject = study(results);
  CHECK(subject.fate(subject.variants.front()) == Fate::slow);
  CHECK_THAT(verdict(subject),
             Catch::Matchers::Contains("of its time it is stalled in the browser"));
  CHECK(has(finding_names(results), "often-stalled"));
}

TEST_CASE("a page with one connection for all rows is told that it does not scale") {
  const scenarios::Results results =
      answer(twenty_rows("[compare]\n\"page.design\" = [\"single-stream\"]\n"));
  const std::vector<Finding> all = findings(study(results));
  const auto found = std::find_if(all.begin(), all.end(), [](const Finding& finding) {
    return finding.name == "connections-scale";
  });
  REQUIRE(found != all.end());
  CHECK(found->what ==
        "Do open connections scale with the visible rows? No: 0.00 connections per row.");
}

}  // namespace sixslots::reports
