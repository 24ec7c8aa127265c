#include "reports/json.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "models/world.hpp"
#include "reports/saved/saved_results.hpp"
#include "scenarios/demand.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/gathering.hpp"
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

TEST_CASE("results of an interrupted run have the variants that it came to, and are read again") {
  scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  results.variants.pop_back();
  CHECK_THROWS_AS(read_results(json_report(results), "saved.json"), scenarios::Error);
  results.interrupted = true;
  const SavedResults again = read_results(json_report(results), "saved.json");
  CHECK(again.results.interrupted);
  CHECK(again.results.variants.size() == results.variants.size());
}

TEST_CASE("replications that are simulated in reverse give the same bytes") {
  scenarios::Results results = answer(twenty_rows());
  const scenarios::Scenario& scenario = results.scenario;
  const std::string forwards = json_report(results);
  const std::vector<scenarios::MetricMeasure> measures = scenarios::measures_of(scenario);
  std::vector<scenarios::Replicated> all(static_cast<std::size_t>(scenario.run.replications));
  for (std::size_t i = all.size(); i-- > 0;) {
    models::RunSpec run = scenarios::replication(scenario.run, static_cast<int>(i));
    run.keep_records = i == 0;
    models::Observations seen = models::run(scenario.world, run);
    scenarios::measure(measures, run, seen, all[i]);
    if (i == 0) all[i].sample = std::make_unique<models::Observations>(std::move(seen));
  }
  const scenarios::Variant variant = results.variants.front().variant;
  scenarios::Gathering gathering(variant, measures);
  gathering.add(scenarios::measure_demand(scenario, [](double) { return true; }));
  for (std::size_t i = 0; i < all.size(); ++i) gathering.add(static_cast<int>(i), all[i]);
  results.variants.front() = gathering.result();
  CHECK(json_report(results) == forwards);
}

TEST_CASE("series are thinned and keep their ends") {
  scenarios::Results results = answer(twenty_rows());
  auto& points = results.variants[0].sample.waiting_requests.points;
  points.clear();
  for (int i = 0; i < 1777; ++i) points.push_back({sim::Time(std::chrono::seconds(i)), i});
  const Json thinned = parsed(results)["variants"][0]["sample"]["waiting_requests"];
  REQUIRE(thinned.size() == 500);
  CHECK(thinned.front() == Json({0.0, 0}));
  CHECK(thinned.back() == Json({1776.0, 1776}));
  for (std::size_t i = 1; i < thinned.size(); ++i) CHECK(thinned[i - 1][0] < thinned[i][0]);
}

TEST_CASE("a short series is kept whole") {
  scenarios::Results results = answer(twenty_rows());
  results.variants[0].sample.open_connections.points = {{sim::Time(std::chrono::seconds(2)), 6}};
  CHECK(parsed(results)["variants"][0]["sample"]["open_connections"] == Json({{2.0, 6}}));
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

TEST_CASE("the JSON report counts the replications that were simulated") {
  scenarios::Results results = answer(twenty_rows());
  CHECK(parsed(results)["scenario"]["replications"] == 3);
  results.variants.front().replications = 25;
  CHECK(parsed(results)["scenario"]["replications"] == 25);
}

}  // namespace sixslots::reports
