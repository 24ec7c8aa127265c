#include "scenarios/statistics/paired.hpp"

#include <fmt/format.h>

#include <algorithm>
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

using Lines = std::vector<std::string>;

/// "1: 2 3", "3 or later: 0": places, and the variants that share them.
Lines ranks(const Results& results, std::string_view metric) {
  Lines lines;
  for (const Rank& rank : ranking(results.variants, metric)) {
    lines.push_back(fmt::format("{}{}: {}", rank.place, rank.or_later ? " or later" : "",
                                fmt::join(rank.variants, " ")));
  }
  return lines;
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
  CHECK(ranks(results, "poll.stalled.mean") == Lines{"1: 2 3", "3: 0", "4: 1"});
}

TEST_CASE("a bound is ranked above what it exceeds, and hides no order of what is known") {
  Results results = compare("browser.connections_per_origin=40,6,5,4");
  const auto cut = [&](std::size_t variant, double bound) {
    for (std::size_t i = 0; i < results.variants[variant].metrics.size(); ++i) {
      MetricValue& value = results.variants[variant].metrics[i];
      if (value.info.name != "poll.stalled.mean") continue;
      value.kind = MetricValue::Kind::at_least;
      value.value = bound;
      std::ranges::fill(results.variants[variant].by_replication[i], bound);
    }
  };
  // 6 slots: 1.7 ms; 5: 5.9 ms; 4: 30 ms.
  cut(0, 0.004);
  CHECK(ranks(results, "poll.stalled.mean") == Lines{"1: 1", "2: 2", "2 or later: 0", "3: 3"});
  cut(1, 0.003);
  CHECK(ranks(results, "poll.stalled.mean") == Lines{"1: 2", "1 or later: 1 0", "2: 3"});
  cut(0, 10.0);
  CHECK(ranks(results, "poll.stalled.mean") == Lines{"1: 2", "1 or later: 1", "2: 3", "4: 0"});
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
