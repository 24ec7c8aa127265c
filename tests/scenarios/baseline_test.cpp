#include "scenarios/baseline.hpp"

#include <cmath>

#include "models/model_version.hpp"
#include "scenarios/baseline_drift.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/overrides.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"
#include "tests/scenarios/polls.hpp"

namespace sixslots::scenarios {
namespace {

Scenario scenario() { return polls("60/s", "duration = \"20s\"\nreplications = 10"); }

Results measured(const std::vector<std::string>& settings = {}) {
  Scenario changed = scenario();
  apply_settings(changed, settings);
  return run_experiment(changed);
}

/// What was stored, as it is read again.
Baseline stored(const Results& results) {
  return parse_baseline(to_text(baseline_of(results)), "baselines/polls.toml");
}

const Moved* find(const std::vector<Moved>& moved, std::string_view metric) {
  for (const Moved& one : moved) {
    if (one.metric.name == metric) return &one;
  }
  return nullptr;
}

TEST_CASE("a baseline reads what it wrote") {
  const Baseline before = baseline_of(measured());
  const Baseline again = parse_baseline(to_text(before), "polls.toml");
  CHECK(to_text(again) == to_text(before));
  CHECK(again.model == models::model_version);
  CHECK(again.variants.at(0).replications == 10);
}

TEST_CASE("a baseline is small enough to review") {
  CHECK(to_text(baseline_of(measured())).size() < 2000);
}

TEST_CASE("the same results are identical, whatever the text of the scenario says") {
  const Baseline before = stored(measured());
  const Drift same = drift_from(before, measured());
  CHECK(same.identical);
  CHECK(same.passes());
  CHECK_FALSE(same.scenario_changed);
  const Drift renamed = drift_from(before, measured({"title=another"}));
  CHECK(renamed.identical);
  CHECK(renamed.scenario_changed);
  CHECK(renamed.passes());
}

TEST_CASE("a change beyond chance is a drift, and says by how much") {
  const Drift drift =
      drift_from(stored(measured()), measured({"browser.connections_per_origin=5"}));
  CHECK_FALSE(drift.passes());
  CHECK(drift.scenario_changed);
  CHECK_FALSE(drift.model_changed());
  const Moved* wait = find(drift.moved, "poll.stalled.mean");
  REQUIRE(wait != nullptr);
  // Erlang C: 5.904 ms with five slots, 1.652 ms with six.
  REQUIRE(wait->interval);
  CHECK(wait->interval->holds(0.005904 - 0.001652));
  CHECK(wait->position.file == "baselines/polls.toml");
  CHECK(wait->position.line > 1);
  CHECK(find(drift.moved, "requests.rate") == nullptr);
}

TEST_CASE("a change within the tolerance passes, and is told") {
  const Baseline before = stored(measured());
  const Results after = measured({"request.0.service=51ms"});
  CHECK_FALSE(drift_from(before, after).passes());
  const Results slower =
      measured({"request.0.service={ distribution = \"exponential\", mean = \"50.5ms\" }"});
  const Drift strict = drift_from(before, slower);
  const Moved* latency = find(strict.moved, "poll.latency.mean");
  REQUIRE(latency != nullptr);
  CHECK(latency->relative_change() > 0.005);
  CHECK(latency->relative_change() < 0.02);
  const Drift lenient = drift_from(before, slower, 0.15);
  CHECK(lenient.passes());
  CHECK(find(lenient.tolerated, "poll.latency.mean") != nullptr);
}

TEST_CASE("a change within chance passes") {
  Baseline before = stored(measured());
  before.results = "another";
  before.first_results = "another";
  for (Baseline::Measure& measure : before.variants[0].measures) {
    if (measure.metric == "poll.latency.mean") measure.values[3] *= 1.01;
  }
  const Drift drift = drift_from(before, measured());
  CHECK_FALSE(drift.identical);
  CHECK(drift.compared == 10);
  CHECK(drift.passes());
  CHECK(drift.moved.empty());
}

TEST_CASE("fewer than five pairs are compared to the figure") {
  Results few = measured({"run.replications=2"});
  Baseline before = stored(few);
  before.results = "another";
  CHECK(drift_from(before, few).passes());
  for (Baseline::Measure& measure : before.variants[0].measures) {
    if (measure.metric == "poll.latency.mean") measure.values[1] *= 1.0001;
  }
  const Drift drift = drift_from(before, few);
  REQUIRE(drift.moved.size() == 1);
  CHECK_FALSE(drift.moved[0].interval);
}

TEST_CASE("a quick look is compared with the first replications") {
  const Baseline before = stored(measured());
  Scenario quick = scenario();
  make_quick(quick);
  const Drift same = drift_from(before, run_experiment(quick));
  CHECK(same.identical);
  CHECK(same.compared == 5);
  CHECK_FALSE(same.scenario_changed);
  apply_setting(quick, "browser.connections_per_origin=3");
  const Drift other = drift_from(before, run_experiment(quick));
  CHECK_FALSE(other.passes());
  CHECK(other.compared == 5);
}

TEST_CASE("another seed cannot be compared") {
  const Drift drift = drift_from(stored(measured()), measured({"run.seed=2"}));
  CHECK(drift.seed_changed);
  CHECK_FALSE(drift.passes());
}

TEST_CASE("variants and measures that come or go are drifts") {
  Scenario compared = scenario();
  apply_variation(compared, "browser.connections_per_origin=5,6");
  const Results two = run_experiment(compared);
  apply_variation(compared, "browser.connections_per_origin=6,7");
  const Drift drift = drift_from(stored(two), run_experiment(compared));
  CHECK(drift.moved.empty());
  CHECK(drift.gone == std::vector<std::string>{"connections per origin 5"});
  CHECK(drift.without_baseline == std::vector<std::string>{"connections per origin 7"});

  const Drift renamed = drift_from(stored(measured()), measured({"request.0.name=ask"}));
  CHECK_FALSE(renamed.passes());
  CHECK(renamed.gone.front() == "poll.latency.p95 of stream-per-row, http/1.1");
}

TEST_CASE("a model of another version is told from another design") {
  Baseline before = stored(measured());
  before.model = models::model_version + 1;
  const Drift drift = drift_from(before, measured({"browser.connections_per_origin=5"}));
  CHECK(drift.model_changed());
  CHECK(drift.scenario_changed);
}

TEST_CASE("a baseline that is not one is refused with its place") {
  const auto refused = [](const std::string& text) {
    return complaint_of([&] { parse_baseline(text, "b.toml"); });
  };
  const std::string anew = "; \"sixslots check --update-baseline\" writes the file anew";
  CHECK(refused("schema = \"other/1\"\n") ==
        "b.toml:1:10: \"other/1\" is not a baseline that this version reads" + anew);
  CHECK(refused("title = \"x\"\n") == "b.toml:1:1: 'schema' is missing" + anew);
  std::string text = to_text(baseline_of(measured()));
  const std::size_t at = text.find("replications = 10");
  text.replace(at, 17, "replications = 9");
  CHECK(refused(text).find("10 values for 9 replications") != std::string::npos);
}

}  // namespace
}  // namespace sixslots::scenarios
