#include <algorithm>
#include <string>

#include "models/world.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/measures.hpp"
#include "scenarios/overrides.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/polls.hpp"

namespace sixslots::scenarios {
namespace {

const VariantResult& only(const Results& results) { return results.variants.at(0); }

TEST_CASE("results do not depend on the number of threads, nor replications on their order") {
  Scenario scenario = polls("60/s", "duration = \"5s\"\nreplications = 7");
  apply_variation(scenario, "request.poll.arrivals.rate=40/s,60/s");
  const Results one = run_experiment(scenario, {}, {.threads = 1});
  const Results many = run_experiment(scenario, {}, {.threads = 16});
  for (std::size_t v = 0; v < one.variants.size(); ++v) {
    for (std::size_t m = 0; m < one.variants[v].metrics.size(); ++m) {
      CHECK(one.variants[v].metrics[m].value == many.variants[v].metrics[m].value);
    }
    CHECK(one.variants[v].flows[0].latency == many.variants[v].flows[0].latency);
  }
  const Variant& variant = one.variants[1].variant;
  for (int index = 6; index >= 0; --index) {
    models::RunSpec run{.duration = std::chrono::seconds(5),
                        .random = {1, static_cast<std::uint32_t>(index)}};
    models::Observations seen = models::run(variant.scenario.world, run);
    const Pooled alone(seen, 5.0);
    const MetricValue mean =
        measure_of(one.variants[1].metric("poll.latency.mean").info, variant.scenario).of(alone);
    const auto metric = std::ranges::find(one.variants[1].metrics, "poll.latency.mean",
                                          [](const MetricValue& m) { return m.info.name; });
    const auto at = static_cast<std::size_t>(metric - one.variants[1].metrics.begin());
    CHECK(one.variants[1].by_replication[at][static_cast<std::size_t>(index)] == mean.value);
  }
}

TEST_CASE("a steady run that is too short gets no interval, and says how short it is") {
  const Results results =
      run_experiment(polls("108/s", "kind = \"steady\"\nduration = \"60s\"\nreplications = 10"));
  const MetricValue& p95 = only(results).metric("poll.stalled.p95");
  CHECK_FALSE(p95.interval);
  CHECK(p95.no_interval.starts_with("too short: "));
  CHECK(p95.no_interval.ends_with(" of 150 relaxation times"));
}

TEST_CASE("a steady run that is long enough holds the truth, and Little's law") {
  const Results results =
      run_experiment(polls("60/s", "kind = \"steady\"\nduration = \"300s\"\nreplications = 20"));
  CHECK(only(results).metric("poll.stalled.mean").interval->holds(0.00165));
  CHECK(only(results).metric("poll.stalled.p99").interval->holds(0.0383));
  CHECK(only(results).diagnosis.little->difference() < 0.001);
  CHECK(only(results).diagnosis.warnings.empty());
}

TEST_CASE("overload is called unstable instead of averaged") {
  const Results results =
      run_experiment(polls("140/s", "kind = \"steady\"\nduration = \"60s\"\nreplications = 10"));
  const MetricValue& mean = only(results).metric("poll.latency.mean");
  CHECK_FALSE(mean.interval);
  CHECK(only(results).diagnosis.no_intervals.starts_with("unstable: the backlog grows by "));
}

TEST_CASE("quantiles with too few requests beyond them get no interval") {
  const Results results = run_experiment(polls("10/s", "duration = \"5s\"\nreplications = 10"));
  CHECK(only(results).metric("poll.latency.p95").no_interval.starts_with("too few requests: "));
  CHECK(only(results).metric("poll.latency.max").no_interval == "an extreme or a count");
}

TEST_CASE("a heavy tail leaves the mean without an interval") {
  Scenario scenario = polls("10/s", "duration = \"30s\"\nreplications = 10");
  apply_setting(scenario,
                "request.poll.service={distribution=\"pareto\",alpha=1.5,minimum=\"1ms\"}");
  const Results results = run_experiment(scenario);
  CHECK(only(results).diagnosis.no_means.starts_with("heavy tail: "));
  CHECK_FALSE(only(results).metric("poll.service.mean").interval);
}

TEST_CASE("a wished precision adds replications, five at a time, until it is reached") {
  const std::string run = "duration = \"20s\"\nreplications = 5\nprecision = \"3 %\"";
  const Results results = run_experiment(polls("60/s", run), {}, {.threads = 2});
  const MetricValue& mean = only(results).metric("poll.latency.mean");
  CHECK(only(results).replications > 5);
  CHECK(only(results).replications % 5 == 0);
  CHECK(mean.interval->half_width() <= 0.03 * mean.value);
  CHECK(run_experiment(polls("60/s", run), {}, {.threads = 1}).variants[0].replications ==
        only(results).replications);
}

TEST_CASE("the hash names every value that is set or varied") {
  const Scenario plain = polls("60/s", "duration = \"5s\"");
  Scenario set = plain;
  apply_setting(set, "page.rows=3");
  Scenario other = plain;
  apply_setting(other, "page.rows=4");
  Scenario varied = plain;
  apply_variation(varied, "page.rows=3,4");
  CHECK(hash_of(set) != hash_of(plain));
  CHECK(hash_of(set) != hash_of(other));
  CHECK(hash_of(varied) != hash_of(set));
  CHECK(hash_of(plain) == hash_of(polls("60/s", "duration = \"5s\"")));
}

}  // namespace
}  // namespace sixslots::scenarios
