#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "models/world.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/measures.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

namespace sixslots::scenarios {
namespace {

using std::chrono::milliseconds;

/// What is seen of one flow with these keys, at so many slots; no distance, a service of a second.
models::Observations seen(int slots, const std::string& keys, int tabs = 1) {
  const std::string text = fmt::format(
      "[run]\nduration = \"60s\"\n[browser]\nconnections_per_origin = {}\ntabs = {}\n"
      "[network]\nrtt = \"0s\"\ndown = \"unlimited\"\nup = \"unlimited\"\n"
      "[[hop]]\nkind = \"go\"\nservice = \"1s\"\n[page]\nrows = 0\ndocument_size = \"0B\"\n"
      "[[request]]\ntabs = \"all\"\n{}\n",
      slots, tabs, keys);
  const Scenario scenario = read_scenario(text, "flow.toml");
  models::RunSpec run = replication(scenario.run, 0);
  run.keep_records = true;
  return models::run(scenario.world, run);
}

std::vector<sim::Time> times_of(const models::Observations& observations, int tab = 0) {
  std::vector<sim::Time> times;
  for (const models::RequestRecord& record : observations.records) {
    if (record.flow == 0 && record.tab == tab) times.push_back(record.created);
  }
  return times;
}

TEST_CASE("a request is given up when it has waited for as long as its patience") {
  const models::Observations run =
      seen(1, "arrivals = { at = [\"10s\", \"10100ms\", \"10900ms\"] }\npatience = \"200ms\"");
  const models::FlowStatistics& flow = run.flows.front();
  CHECK(flow.count == 3);
  CHECK(flow.given_up == 1);
  CHECK(flow.service.finished() == 2);
  CHECK(flow.failed == 0);
  const auto given_up =
      std::ranges::find(run.records, models::Outcome::aborted, &models::RequestRecord::outcome);
  REQUIRE(given_up != run.records.end());
  CHECK(*given_up->finished - given_up->created == milliseconds(200));
  CHECK_FALSE(given_up->granted);
  // It was not answered: no latency of it is known but a bound.
  CHECK(flow.latency.count() == 3);
  CHECK(flow.latency.finished() == 2);
}

TEST_CASE("results say how many requests were given up") {
  const Scenario scenario = read_scenario(
      "[run]\nreplications = 2\n[browser]\nconnections_per_origin = 1\n[page]\nrows = 0\n"
      "[[request]]\nname = \"click\"\narrivals = { at = [\"10s\", \"10s\"] }\n"
      "service = \"5s\"\npatience = \"1s\"\n",
      "flow.toml");
  const Results results = run_experiment(scenario);
  CHECK(results.variants.front().metric("click.given_up").value == 2.0);
  const std::vector<std::string>& warnings = results.variants.front().diagnosis.warnings;
  CHECK(std::ranges::count(warnings,
                           "2 of 4 \"click\" requests were given up before they were sent") == 1);
  // Half of them are never answered, so what those wait is not what the others did.
  CHECK(results.variants.front().metric("click.latency.p50").kind == MetricValue::Kind::exact);
  CHECK(results.variants.front().metric("click.latency.p95").kind == MetricValue::Kind::at_least);
}

TEST_CASE("a slot that comes at the very end of the patience is taken") {
  const models::Observations run =
      seen(1, "arrivals = { at = [\"10s\", \"10800ms\"] }\npatience = \"200ms\"");
  CHECK(run.flows.front().given_up == 0);
  CHECK(run.flows.front().service.finished() == 2);
}

TEST_CASE("a request that was sent is not given up") {
  const models::Observations run = seen(6, "arrivals = { at = [\"10s\"] }\npatience = \"200ms\"");
  CHECK(run.flows.front().given_up == 0);
  CHECK(run.flows.front().service.finished() == 1);
}

// While the page works on the answer of the first, its patience ends, and the last one waits.
TEST_CASE("a request that was answered is not given up, nor another one in its stead") {
  const Scenario scenario = read_scenario(
      "run.duration = \"60s\"\n[browser]\nconnections_per_origin = 1\nreceive_time = \"500ms\"\n"
      "[network]\nrtt = \"0s\"\n[[hop]]\nkind = \"go\"\nservice = \"1s\"\n[page]\nrows = 0\n"
      "[[request]]\nname = \"first\"\narrivals = { at = [\"10s\"] }\npatience = \"1200ms\"\n"
      "[[request]]\nname = \"others\"\narrivals = { at = [\"10500ms\", \"11100ms\"] }\n",
      "flow.toml");
  const models::Observations run = models::run(scenario.world, replication(scenario.run, 0));
  CHECK(run.flows[0].given_up == 0);
  CHECK(run.flows[0].latency.finished() == 1);
  CHECK(run.flows[1].given_up == 0);
  CHECK(run.flows[1].latency.finished() == 2);
}

TEST_CASE("a batch is made at one moment") {
  const std::vector<sim::Time> times =
      times_of(seen(100, "arrivals = { every = \"7s\", batch = 4 }"));
  REQUIRE(times.size() == 32);
  for (std::size_t i = 0; i < times.size(); ++i) {
    CHECK(times[i] - times[0] == std::chrono::seconds(7) * (i / 4));
  }
}

TEST_CASE("geometric batches have their mean, and every size from one on") {
  const std::vector<sim::Time> times = times_of(
      seen(100'000, "arrivals = { rate = \"50/s\", batch = 3, batch_sizes = \"geometric\" }"));
  std::multiset<sim::Time> all(times.begin(), times.end());
  std::set<std::size_t> sizes;
  std::size_t batches = 0;
  for (auto at = all.begin(); at != all.end(); at = all.upper_bound(*at)) {
    sizes.insert(all.count(*at));
    ++batches;
  }
  REQUIRE(batches > 2'500);
  const double mean = static_cast<double>(times.size()) / static_cast<double>(batches);
  CHECK(std::abs(mean - 3.0) < 0.2);  // four errors: the deviation of a size is 2.4
  for (std::size_t size = 1; size < 10; ++size) CHECK(sizes.contains(size));
}

TEST_CASE("pollers that begin at random moments keep their period") {
  const models::Observations run =
      seen(100, "arrivals = { every = \"5s\", first = \"at-random\" }", 6);
  std::set<sim::Duration> phases;
  for (int tab = 0; tab < 6; ++tab) {
    const std::vector<sim::Time> times = times_of(run, tab);
    REQUIRE(times.size() >= 10);
    for (std::size_t i = 1; i < times.size(); ++i) {
      CHECK(times[i] - times[i - 1] == std::chrono::seconds(5));
    }
    phases.insert(times[0] - sim::start_of_time - std::chrono::seconds(tab));
    CHECK(*phases.rbegin() <= std::chrono::seconds(6));
  }
  CHECK(phases.size() == 6);
}

TEST_CASE("gaps of a law are drawn anew each time") {
  const std::vector<sim::Time> times =
      times_of(seen(100'000,
                    "arrivals = { gap = { distribution = \"erlang\", phases = 4, mean = "
                    "\"20ms\" } }"));
  REQUIRE(times.size() > 2'500);
  const double mean =
      sim::seconds(times.back() - times.front()) / static_cast<double>(times.size() - 1);
  CHECK(std::abs(mean - 0.020) < 0.0008);  // four errors: the deviation of a gap is 10 ms
  std::set<sim::Duration> gaps;
  for (std::size_t i = 1; i < times.size(); ++i) gaps.insert(times[i] - times[i - 1]);
  CHECK(gaps.size() > times.size() / 2);
}

TEST_CASE("only a periodic process has a first period") {
  CHECK(
      complaint("[[request]]\narrivals = { rate = \"1/s\", batch = 2, think = \"1s\" }\n") ==
      "page.toml:2:47: request.0.arrivals: 'rate' means \"poisson\" and 'think' means \"closed\"; "
      "keep one of them");
  CHECK(complaint("[[request]]\narrivals = { first = \"at-random\" }\n") ==
        "page.toml:2:22: request.0.arrivals.first: only the process \"every\" has a first period");
}

TEST_CASE("a closed loop has no batches") {
  const std::string text = "[[request]]\narrivals = { think = \"1s\", batch = 2 }\n";
  CHECK(complaint(text) ==
        "page.toml:2:36: request.0.arrivals.batch: a closed loop makes one request at a time");
}

TEST_CASE("of users none was never sent") {
  models::Observations made;
  made.flows.resize(1);
  made.flows[0].starved = 1;
  made.flows[0].user_mean.add_censored(std::chrono::seconds(1));
  const Pooled pooled(made, 10.0);
  const Scenario scenario =
      read_scenario("[fleet]\nusers = 2\n[[request]]\nname = \"job\"\n", "users.toml");
  const MetricValue value =
      measure_of(*find_metric(metrics_of(scenario), "job.user_mean.p50"), scenario).of(pooled);
  CHECK(value.kind == MetricValue::Kind::at_least);
}

VariantResult only_variant(const std::string& text) {
  return run_experiment(read_scenario(text, "page.toml")).variants.at(0);
}

TEST_CASE("without an event, and where no stream was lost, there is no recovery") {
  const std::string run = "[run]\nduration = \"20s\"\nreplications = 1\n";
  const std::string event = "[[event]]\nat = \"5s\"\nlasts = \"1s\"\n";
  const std::string polling = "[page]\nrows = 2\ndesign = \"polling\"\n";
  const std::string streams = "[page]\nrows = 2\n";
  using Kind = MetricValue::Kind;
  CHECK(only_variant(run + streams).metric("reconnects.recovery").kind == Kind::none);
  CHECK(only_variant(run + polling + event).metric("reconnects.recovery").kind == Kind::none);
  CHECK(only_variant(run + streams + event).metric("reconnects.recovery").kind == Kind::exact);
}

TEST_CASE("an app without a limit keeps no account of its workers") {
  const std::string text = "[run]\nduration = \"5s\"\nreplications = 1\n[[hop]]\n";
  using Kind = MetricValue::Kind;
  CHECK(only_variant(text).metric("workers.mean").kind == Kind::none);
  CHECK(only_variant(text + "workers = 3\n").metric("workers.mean").kind == Kind::exact);
}

// Packet by packet, as where some could be lost, the window is in use until the last has gone.
TEST_CASE("a window is in use until what it took has passed the link") {
  const auto finished = [](std::string_view loss) {
    std::string text = fmt::format(
        "run.duration = \"20s\"\n[browser]\nconnections_per_origin = 1\n[network]\n"
        "profile = \"localhost\"\nrtt = \"300ms\"\ndown = \"5Mbit/s\"\nslow_start = true\n"
        "loss = \"{}\"\n[[hop]]\nkind = \"node\"\nservice = \"50ms\"\n"
        "keep_alive = \"never\"\n[page]\nrows = 0\ndocument_size = \"14600B\"\n",
        loss);
    for (const int size : {29'200, 58'400, 116'800, 116'800, 233'600}) {
      text += fmt::format("[[request]]\narrivals = {{ at = [\"5s\"] }}\nresponse_size = \"{}B\"\n",
                          size);
    }
    const Scenario scenario = read_scenario(text, "window.toml");
    models::RunSpec run = replication(scenario.run, 0);
    run.keep_records = true;
    return *models::run(scenario.world, run).records.back().finished;
  };
  CHECK(finished("0 %") == finished("0.0000000001 %"));
}

TEST_CASE("of a page without rows nobody knows what one more would want") {
  const std::string text = "[run]\nduration = \"5s\"\nreplications = 1\n[page]\n";
  using Kind = MetricValue::Kind;
  CHECK(only_variant(text + "rows = 0\n").metric("connections.per_row").kind == Kind::none);
  CHECK(only_variant(text + "rows = 1\n").metric("connections.per_row").kind == Kind::exact);
}

TEST_CASE("what rows want is not cut by timeouts") {
  const VariantResult cut = only_variant(R"(
[run]
duration = "60s"
replications = 1
[[hop]]
kind = "nginx"
protocol = "h2"
read_timeout = "10s"
[[hop]]
kind = "node"
[page]
rows = 2
updates = { rate = "0/s" }
)");
  CHECK(cut.metric("connections.per_row").value == Approx(1.0));
}

TEST_CASE("failed requests are a warning") {
  const VariantResult refused = only_variant(R"(
[run]
duration = "10s"
replications = 1
[[event]]
at = "2s"
lasts = "5s"
[[request]]
name = "click"
arrivals = { at = ["3s", "9s"] }
)");
  REQUIRE_FALSE(refused.diagnosis.warnings.empty());
  CHECK(refused.diagnosis.warnings.back().starts_with("1 of 2 \"click\" requests failed"));
}

TEST_CASE("Little's law is not asked of what has no records") {
  const std::string run = "[run]\nduration = \"30s\"\nreplications = 1\n";
  const Diagnosis navigates = only_variant(run +
                                           "[[tab]]\n[[tab.action]]\nname = \"x\"\n[[tab.action]]\n"
                                           "kind = \"navigation\"\nname = \"go\"\nat = \"20s\"\n")
                                  .diagnosis;
  CHECK(navigates.little->difference() < 0.01);
  CHECK_FALSE(
      only_variant(run + "[fleet]\narrival_rate = \"0.5/s\"\n[[request]]\n").diagnosis.little);
  CHECK(only_variant(run + "[[request]]\n").diagnosis.little);
}

}  // namespace
}  // namespace sixslots::scenarios
