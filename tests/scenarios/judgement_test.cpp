#include "scenarios/judgement.hpp"

#include "scenarios/expectations.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/statistics/exceedance_test.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/polls.hpp"

namespace sixslots::scenarios {
namespace {

Verdict only_verdict(const Results& results) { return results.variants.at(0).verdicts.at(0); }

/// M/M/6 at a load of one half: a mean wait of 1.652 ms, and latency of 51.652 ms (Erlang C).
Verdict judged(const std::string& condition, int replications = 20,
               const std::string& duration = "60s") {
  Scenario scenario = polls(
      "60/s", "duration = \"" + duration + "\"\nreplications = " + std::to_string(replications));
  scenario.expect.push_back(parse_expectation(condition, scenario, {"polls.toml", 9, 1}));
  return only_verdict(run_experiment(scenario));
}

TEST_CASE("an expectation is judged on the bound of its interval") {
  const Verdict far = judged("poll.latency.mean < 60ms");
  CHECK(far.judgement == Judgement::pass);
  CHECK(far.cure.empty());
  CHECK(judged("poll.latency.mean > 60ms").judgement == Judgement::fail);
  CHECK(judged("poll.latency.mean < 45ms").judgement == Judgement::fail);
  CHECK(judged("poll.latency.mean >= 45ms").judgement == Judgement::pass);
  CHECK(judged("poll.latency.mean == 45ms").judgement == Judgement::fail);
  CHECK(judged("poll.latency.mean != 45ms").judgement == Judgement::pass);
}

TEST_CASE("a limit inside the interval leaves it undecided, and more replications decide") {
  const Verdict near = judged("poll.latency.mean < 51.7ms");
  REQUIRE(near.measured.interval);
  REQUIRE(near.measured.interval->holds(0.0517));
  CHECK(near.judgement == Judgement::undecided);
  CHECK(judged("poll.latency.mean > 51.7ms").judgement == Judgement::undecided);
  CHECK(judged("poll.latency.mean == 51.7ms").cure.find("expect a range") != std::string::npos);
  const std::string differs = judged("poll.latency.mean != 51.7ms").cure;
  CHECK(differs.find("replications would decide, nine times in ten") != std::string::npos);

  MetricValue value;
  value.value = 0.1;
  value.interval = Interval{0.08, 0.13};
  // Half the width needs four times as many; the limit is on the side of the wider half. And 2.735
  // times as many for the interval to leave the limit out nine times in ten.
  CHECK(replications_to_decide(20, value, 0.115) == 219);
  CHECK(replications_to_decide(20, value, 0.09) == 219);
  CHECK(replications_to_decide(20, value, 0.1) == 0);
}

TEST_CASE("counts and extremes are judged by their value") {
  CHECK(judged("poll.count > 1000").judgement == Judgement::pass);
  CHECK(judged("connections.peak == 6").judgement == Judgement::pass);
  CHECK(judged("connections.peak == 5").judgement == Judgement::fail);
  CHECK(judged("poll.count > 1000", 1).judgement == Judgement::pass);
}

TEST_CASE("what every replication agrees on needs no interval") {
  CHECK(judged("streams.opened == 0", 2).judgement == Judgement::pass);
  CHECK(judged("streams.opened > 0", 2).judgement == Judgement::fail);
}

TEST_CASE("too few replications decide nothing") {
  const Verdict few = judged("poll.latency.p50 < 10s", 4);
  CHECK(few.judgement == Judgement::undecided);
  CHECK(few.cure == "an interval needs 5 replications; try --replications 20");
}

TEST_CASE("a mean that unfinished requests make a bound is not shown to hold") {
  // One of a hundred polls is under way when two seconds end.
  const Verdict bound = judged("poll.latency.mean < 10s", 20, "2s");
  CHECK(bound.judgement == Judgement::fail);
  CHECK(bound.cure.find("a percentile or a longer run") != std::string::npos);
  CHECK(judged("poll.latency.mean < 1ms", 20, "2s").cure.empty());
}

TEST_CASE("a quantile of few requests is judged by how many exceed the limit") {
  // Two seconds hold 120 polls: six of them beyond p95, where an interval wants twenty.
  const Verdict wide = judged("poll.latency.p95 < 400ms", 20, "2s");
  REQUIRE_FALSE(wide.measured.interval);
  CHECK(wide.judgement == Judgement::pass);
  CHECK(judged("poll.latency.p95 < 50ms", 20, "2s").judgement == Judgement::fail);
  CHECK(judged("poll.latency.p95 > 50ms", 20, "2s").judgement == Judgement::pass);
  // exp(-3): the p95 of 50 ms exponential service is 150 ms.
  const Verdict near = judged("poll.latency.p95 < 152ms", 20, "2s");
  CHECK(near.judgement == Judgement::undecided);
  CHECK(near.cure.find("too few requests") != std::string::npos);
}

TEST_CASE("the binomial law tells on which side of a limit a quantile is") {
  // 0.95^72 = 0.0249 and 0.95^71 = 0.0262.
  CHECK(side_of_quantile({72, 0}, 0.95) == Side::below);
  CHECK(side_of_quantile({71, 0}, 0.95) == Side::unknown);
  // P(X >= 11 of 100) = 0.0115, P(X >= 9 of 100) = 0.063.
  CHECK(side_of_quantile({100, 11}, 0.95) == Side::above);
  CHECK(side_of_quantile({100, 9}, 0.95) == Side::unknown);
  CHECK(side_of_quantile({100, 5}, 0.95) == Side::unknown);
  CHECK(side_of_quantile({100, 100}, 0.95) == Side::above);
  // The first terms of a large number are below what a double holds.
  CHECK(side_of_quantile({1'000'000, 49'000}, 0.95) == Side::below);
  CHECK(side_of_quantile({1'000'000, 51'000}, 0.95) == Side::above);
  CHECK(side_of_quantile({1'000'000, 50'000}, 0.95) == Side::unknown);
}

/// Rows hold all six slots, and a click is never sent; the service of a job outlasts the run.
Results stuck(std::string_view condition) {
  Scenario scenario = read_scenario(R"(
[run]
duration = "20s"
replications = 5
[page]
rows = 20
[[request]]
name = "click"
arrivals = { at = ["1s", "2s"] }
)",
                                    "stuck.toml");
  scenario.expect.push_back(parse_expectation(condition, scenario, {}));
  return run_experiment(scenario);
}

TEST_CASE("never is longer than any time") {
  CHECK(stuck("click.latency.p50 > 2min").no_expectation_fails());
  CHECK(stuck("click.latency.p50 >= 2min").no_expectation_fails());
  CHECK_FALSE(stuck("click.latency.p50 < 2min").no_expectation_fails());
}

TEST_CASE("a bound below a limit that is to be exceeded is undecided") {
  const Verdict bound = only_verdict(stuck("click.latency.mean > 1min"));
  REQUIRE(bound.measured.kind == MetricValue::Kind::at_least);
  CHECK(bound.judgement == Judgement::undecided);
  CHECK(bound.cure.find("a longer run.duration") != std::string::npos);
  CHECK(only_verdict(stuck("click.latency.mean > 10s")).judgement == Judgement::pass);
  CHECK(only_verdict(stuck("click.latency.mean < 1min")).judgement == Judgement::fail);
}

TEST_CASE("no metric is negative, and no share is more than all") {
  const Verdict waits = judged("poll.stalled.mean >= 0ms", 5, "1s");
  CHECK(waits.judgement == Judgement::pass);
  if (waits.measured.interval) CHECK(waits.measured.interval->low >= 0.0);
  CHECK(judged("poll.stalled_share <= 100 %", 5, "1s").judgement == Judgement::pass);
  const Verdict median = judged("poll.stalled.p50 < 1ms");
  REQUIRE(median.measured.interval);
  CHECK(median.measured.interval->low == 0.0);
  CHECK(median.measured.interval->high == 0.0);
}

}  // namespace
}  // namespace sixslots::scenarios
