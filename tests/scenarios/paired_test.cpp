#include "scenarios/statistics/paired.hpp"

#include <cmath>

#include "scenarios/experiment.hpp"
#include "scenarios/overrides.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/polls.hpp"

namespace sixslots::scenarios {
namespace {

Results compare(const std::string& variation) {
  Scenario scenario = polls("60/s", "duration = \"60s\"\nreplications = 20");
  apply_variation(scenario, variation);
  return run_experiment(scenario);
}

TEST_CASE("equal variants differ by exactly nothing") {
  // The hidden timers of a tab in front change nothing.
  const Results results = compare("browser.hidden_timer_period=1s,2s");
  const PairedDifference none =
      paired_difference(results.variants[1], results.variants[0], "poll.stalled.mean", 0.95);
  CHECK(none.value == 0.0);
  CHECK(none.interval->half_width() == 0.0);
  CHECK_FALSE(none.distinguishable());
  CHECK(std::isinf(none.variance_ratio));
}

TEST_CASE("a paired difference holds the exact one, and common numbers narrow it") {
  const Results results = compare("browser.connections_per_origin=6,5");
  const PairedDifference fewer =
      paired_difference(results.variants[1], results.variants[0], "poll.stalled.mean", 0.999);
  // Erlang C: 5.904 ms with five slots, 1.652 ms with six.
  CHECK(fewer.interval->holds(0.005904 - 0.001652));
  CHECK(fewer.distinguishable());
  CHECK(fewer.variance_ratio > 1.3);
}

TEST_CASE("what rows want is measured apart, and compared all the same") {
  Scenario scenario = polls("1/s", "duration = \"10s\"\nreplications = 5");
  apply_setting(scenario, "page.rows=4");
  apply_variation(scenario, "page.design=stream-per-row,single-stream");
  const Results results = run_experiment(scenario);
  const PairedDifference fewer =
      paired_difference(results.variants[1], results.variants[0], "connections.wanted", 0.95);
  CHECK(fewer.value == -3.0);
  CHECK(fewer.distinguishable());
}

TEST_CASE("a ranking tells what is distinguishable") {
  const Results results = compare("browser.connections_per_origin=6,5,40,50");
  const auto groups = ranking(results.variants, "poll.stalled.mean");
  REQUIRE(groups.size() == 3);
  CHECK(groups[0] == std::vector<std::size_t>{2, 3});
  CHECK(groups[1] == std::vector<std::size_t>{0});
  CHECK(groups[2] == std::vector<std::size_t>{1});
}

TEST_CASE("several statements share the five per cent") {
  CHECK(shared_confidence(1) == 0.95);
  CHECK(std::abs(shared_confidence(5) - 0.99) < 1e-12);
}

TEST_CASE("counts are compared by what differences are made of") {
  const Results results = compare("request.0.arrivals.rate=60/s,70/s");
  const MetricValue less = compared_value(results.variants[0], "poll.count");
  const MetricValue more = compared_value(results.variants[1], "poll.count");
  const PairedDifference difference =
      paired_difference(results.variants[1], results.variants[0], "poll.count", 0.95);
  CHECK(difference.value == Approx(more.value - less.value));
  CHECK(results.variants[0].metric("poll.count").value == Approx(20.0 * less.value));
}

TEST_CASE("where nothing was measured there is no difference") {
  const Results results = compare("browser.connections_per_origin=6,5");
  // No request of the page shows an update, and the app has no limit of workers.
  for (const char* metric : {"staleness.p50", "workers.mean", "hop.3.refused"}) {
    const PairedDifference nothing =
        paired_difference(results.variants[1], results.variants[0], metric, 0.95);
    CHECK(nothing.none);
    CHECK_FALSE(nothing.interval);
    CHECK_FALSE(nothing.distinguishable());
  }
}

}  // namespace
}  // namespace sixslots::scenarios
