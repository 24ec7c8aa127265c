#include <fmt/format.h>

#include <algorithm>

#include "models/world.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/overrides.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots;
using namespace sixslots::scenarios;

namespace {

/// Streams in one tab, and a click at 2 s.
std::string streams_and_click(int streams, const std::string& more = "") {
  std::string text =
      "[run]\nduration = \"10s\"\nreplications = 1\n[network]\nprofile = \"localhost\"\n"
      "[[hop]]\nkind = \"node\"\n[[tab]]\n";
  for (int i = 1; i <= streams; ++i) {
    text += "[[tab.action]]\nkind = \"eventsource\"\nname = \"row-" + std::to_string(i) + "\"\n";
  }
  return text + more +
         "[[tab.action]]\nat = \"2s\"\nname = \"click\"\nmethod = \"POST\"\nservice = "
         "\"50ms\"\nby_user = true\n";
}

/// Four polls of one URL, which take three times as long as they are apart.
std::string polls(const std::string& keys) {
  return "[run]\nduration = \"20s\"\nreplications = 1\n[network]\nprofile = \"localhost\"\n"
         "[[hop]]\nkind = \"node\"\n[[tab]]\n"
         "[[tab.action]]\nkind = \"poll\"\nname = \"poll\"\nservice = \"3s\"\ntimes = 4\n" +
         keys;
}

MetricValue metric_of(const std::string& text, std::string_view name) {
  const Results results = run_experiment(read_scenario(text, "page.toml"), {});
  return results.variants.at(0).metric(name);
}

}  // namespace

TEST_CASE("a script's click leaves beside five streams and starves behind six") {
  CHECK(metric_of(streams_and_click(5), "click.starved").value == 0);
  CHECK(metric_of(streams_and_click(6), "click.starved").value == 1);
}

TEST_CASE("in Firefox a script's click made by the user leaves, and one from a timer does not") {
  const std::string firefox = "[browser]\nprofile = \"firefox\"\n";
  CHECK(metric_of(firefox + streams_and_click(6), "click.starved").value == 0);
  const std::string timer = "deferred_by = \"timer\"\ndeferred = \"10ms\"\n";
  CHECK(metric_of(firefox + streams_and_click(6) + timer, "click.starved").value == 1);
}

TEST_CASE("closing a stream lets the click go, over a new connection") {
  const std::string close = "[[tab.action]]\nat = \"4s\"\nkind = \"close\"\ntarget = \"row-1\"\n";
  const MetricValue latency = metric_of(streams_and_click(6, close), "click.latency.max");
  CHECK(latency.kind == MetricValue::Kind::exact);
  CHECK(latency.value > 2.05);
  CHECK(latency.value < 2.06);
}

TEST_CASE("tabs share the six, other contexts do not") {
  const auto second = [](const std::string& keys) {
    std::string text = "[[tab]]\n" + keys;
    for (int i = 4; i <= 6; ++i) {
      text += "[[tab.action]]\nkind = \"eventsource\"\nname = \"row-" + std::to_string(i) + "\"\n";
    }
    return text;
  };
  CHECK(metric_of(streams_and_click(3) + second(""), "click.starved").value == 1);
  CHECK(metric_of(streams_and_click(3) + second("context = 1\n"), "click.starved").value == 0);
  CHECK(
      metric_of(streams_and_click(3) + second("host = \"other.test\"\n"), "click.starved").value ==
      0);
}

TEST_CASE("a forward proxy's limit holds for a script's hosts together") {
  std::string text =
      "[run]\nduration = \"5s\"\nreplications = 1\n[[hop]]\nkind = \"corporate-proxy\"\n"
      "connections_per_client = 8\n[[hop]]\nkind = \"node\"\n[[tab]]\n";
  for (int i = 1; i <= 12; ++i) {
    text += fmt::format(
        "[[tab.action]]\nkind = \"eventsource\"\nname = \"row-{}\"\nhost = \"{}.test\"\n", i,
        i % 3);
  }
  CHECK(metric_of(text, "streams.opened").value == 8);
}

TEST_CASE("polls of one URL take turns, unless they go past the cache") {
  CHECK(metric_of(polls(""), "poll.latency.max").value > 8.9);
  CHECK(metric_of(polls("cache = \"no-store\"\n"), "poll.latency.max").value < 3.5);
}

TEST_CASE("in Chromium the next poll of a URL asks before the last one's connection is free") {
  CHECK(metric_of(polls("storable = true\n"), "connections.peak").value == 2);
  const std::string firefox = "[browser]\nprofile = \"firefox\"\n";
  CHECK(metric_of(firefox + polls("storable = true\n"), "connections.peak").value == 1);
}

TEST_CASE("what a page's timers call together is called before the first of it is sent") {
  // Timers take turns: the click's at 1005 ms, the polls' at 1010, 1020 and 1030 ms.
  std::string text =
      "[run]\nduration = \"5s\"\nreplications = 1\n[network]\nprofile = \"localhost\"\n"
      "[browser]\ntimer_time = \"10ms\"\nstart_time = \"1ms\"\n[[hop]]\nkind = \"node\"\n[[tab]]\n";
  for (const char* name : {"a", "b", "c"}) {
    text += fmt::format(
        "[[tab.action]]\nkind = \"poll\"\nname = \"{}\"\ntimes = 2\ncache = \"no-store\"\n", name);
  }
  text += "[[tab.action]]\nat = \"1005ms\"\nname = \"click\"\nservice = \"50ms\"\n";
  const double latency = metric_of(text, "click.latency.max").value;
  CHECK(latency > 0.081);
  CHECK(latency < 0.083);
}

TEST_CASE("a restart closes streams, which come back after the browser's delay") {
  const std::string restart = "[[event]]\nat = \"5s\"\nlasts = \"1s\"\n";
  const Scenario scenario = read_scenario(streams_and_click(1) + restart, "page.toml");
  models::RunSpec run;
  run.duration = scenario.run.duration;
  run.keep_records = true;
  const models::Observations seen = models::run(scenario.world, run);
  CHECK(seen.reconnects == 1);
  const auto back = std::ranges::find_if(seen.records, [](const models::RequestRecord& record) {
    return record.row == 0 && record.created > models::Time(std::chrono::seconds(5));
  });
  REQUIRE(back != seen.records.end());
  CHECK(back->created >= models::Time(std::chrono::seconds(8)));
  CHECK(back->created < models::Time(std::chrono::milliseconds(8002)));
}

TEST_CASE("a navigation is a request like another: it counts, and can fail") {
  const std::string text =
      "[run]\nduration = \"10s\"\nreplications = 1\n[[hop]]\nkind = \"node\"\n[[tab]]\n"
      "[[tab.action]]\nkind = \"navigation\"\nat = \"5s\"\nname = \"nav\"\n";
  CHECK(metric_of(text, "nav.count").value == 1);
  CHECK(metric_of(text, "nav.latency.max").kind == MetricValue::Kind::exact);
  const std::string restart = "[[event]]\nat = \"4900ms\"\nlasts = \"1s\"\n";
  CHECK(metric_of(text + restart, "nav.failed").value == 1);
}

TEST_CASE("settings reach actions, and scripts answer for their faults") {
  Scenario scenario = read_scenario(streams_and_click(2), "page.toml");
  apply_setting(scenario, "tab.0.action.2.service=1s");
  CHECK(scenario.world.scripted[0].actions[2].request.answer.service == std::chrono::seconds(1));
  CHECK(
      complaint_of([&] { apply_setting(scenario, "tab.0.action.7.service=1s"); }) ==
      "--set: tab.0.action.7.service: there is no action.7; the scenario has 3 [[action]], counted "
      "from 0");
  const std::string start = "[[tab]]\n[[tab.action]]\n";
  CHECK(complaint(start + "knd = \"fetch\"\n")
            .find("page.toml:3:1: unknown key "
                  "'tab.0.action.0.knd'; did you mean "
                  "'tab.0.action.0.kind'?") == 0);
  CHECK(
      complaint(start + "kind = \"close\"\ntarget = \"row\"\n").find("no action is named 'row'") !=
      std::string::npos);
  CHECK(complaint(start + "name = \"a\"\n[[tab.action]]\nname = \"a\"\n")
            .find("is also the name of another action") != std::string::npos);
  CHECK(complaint("[page]\nrows = 3\n" + start)
            .find("page.toml:2:8: page.rows: a file with [[tab]]") == 0);
  CHECK(complaint("[tab]\nhidden = true\n") ==
        "page.toml:1:2: tab: write [[tab]], with two brackets on each side; every such line adds "
        "one");
}

TEST_CASE("what is idle in one group makes room for another at the limit of all") {
  constexpr std::string_view text = R"([run]
duration = "20s"
replications = 1
[network]
profile = "localhost"
[browser]
connections_total = 1
[[tab]]
host = "a.test"
[[tab.action]]
at = "100ms"
name = "first"
service = "1s"
[[tab]]
host = "b.test"
opens_at = "500ms"
[[tab.action]]
at = "1s"
name = "second"
service = "1s"
[[tab]]
host = "c.test"
opens_at = "2s"
[[tab.action]]
at = "1s"
name = "third"
)";
  const Results results = run_experiment(read_scenario(text, "page.toml"), {});
  CHECK(results.variants[0].metric("connections.peak").value == 1.0);
  const auto& records = results.variants[0].sample.records;
  const auto second = std::ranges::find_if(records, [&](const models::RequestRecord& record) {
    return record.tab == 1;  // the document
  });
  REQUIRE(second != records.end());
  REQUIRE(second->finished);
  CHECK(*second->finished < sim::start_of_time + std::chrono::milliseconds(1200));
}

TEST_CASE("a used connection does not outlive the server's keep-alive beside an unused one") {
  constexpr std::string_view text = R"([run]
duration = "50s"
replications = 1
[network]
profile = "3g"
[[hop]]
kind = "node"
keep_alive = "5s"
[[tab]]
[[tab.action]]
at = "30s"
name = "first"
[[tab.action]]
at = "30s"
name = "second"
)";
  // The backup connection of the document is unused, and kept for a minute.
  CHECK(metric_of(std::string(text), "first.latency.max").value < 0.4);
  CHECK(metric_of(std::string(text), "second.latency.max").value > 0.6);
}
