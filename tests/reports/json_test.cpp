#include "reports/json.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::json;

Json parsed(const scenarios::Results& results) { return Json::parse(json_report(results)); }

}  // namespace

TEST_CASE("the JSON report has every variant with its metrics") {
  const Json report = parsed(answer(twenty_rows(designs_and_protocols)));
  CHECK(report["schema"] == "sixslots/1");
  CHECK(report["scenario"]["duration"] == 60.0);
  REQUIRE(report["variants"].size() == 6);
  const Json& hangs = report["variants"][0];
  CHECK(hangs["settings"]["page.design"] == "stream-per-row");
  CHECK(hangs["metrics"]["click.latency.p50"]["never"] == true);
  CHECK(hangs["metrics"]["click.latency.p50"]["censored"] == true);
  CHECK(hangs["metrics"]["click.latency.p50"]["value"] == 50.0);
  CHECK(hangs["metrics"]["click.latency.p50"]["unit"] == "s");
  CHECK(hangs["flows"]["click"]["starved"] == 9);
  CHECK(hangs["sample"]["streams_never_opened"] == 14);
  CHECK(report["findings"][0]["name"] == "slots-held");
}

TEST_CASE("the same results give the same bytes") {
  const std::string scenario = twenty_rows(designs_and_protocols);
  CHECK(json_report(answer(scenario)) == json_report(answer(scenario)));
}

TEST_CASE("series are thinned and keep their ends") {
  const scenarios::Results results = answer(R"(
[run]
duration = "60s"
replications = 1
[page]
rows = 20
design = "poll-per-row"
)");
  const models::Series& waiting = results.variants[0].sample.waiting_requests;
  REQUIRE(waiting.points.size() > 500);
  const Json thinned = parsed(results)["variants"][0]["sample"]["waiting_requests"];
  REQUIRE(thinned.size() == 500);
  CHECK(thinned.front()[0] == sim::seconds(waiting.points.front().time.time_since_epoch()));
  CHECK(thinned.back()[0] == sim::seconds(waiting.points.back().time.time_since_epoch()));
}

TEST_CASE("numbers that JSON does not have become null") {
  scenarios::Results results = answer(twenty_rows());
  results.variants[0].metrics[0].kind = scenarios::MetricValue::Kind::exact;
  results.variants[0].metrics[0].value = std::numeric_limits<double>::quiet_NaN();
  const Json report = parsed(results);
  CHECK(report["variants"][0]["metrics"][results.variants[0].metrics[0].info.name]["value"] ==
        nullptr);
}

TEST_CASE("names that are not UTF-8 do not break the JSON report") {
  scenarios::Results results = answer(twenty_rows());
  results.scenario.title = "quote \" < \xFF 🙂";
  CHECK(parsed(results)["scenario"]["title"] == "quote \" < \uFFFD 🙂");
}

}  // namespace sixslots::reports
