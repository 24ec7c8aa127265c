#include "reports/storm.hpp"

#include "reports/findings.hpp"
#include "reports/terminal.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"

namespace sixslots::reports {
namespace {

using Catch::Matchers::Contains;
using scenarios::MetricValue;

scenarios::Results incident(const std::string& name, const std::vector<std::string>& changes = {}) {
  scenarios::Scenario scenario =
      scenarios::read_scenario_file("scenarios/incidents/" + name + ".toml");
  scenarios::apply_settings(scenario, changes);
  return scenarios::run_experiment(scenario);
}

const Finding& finding(const std::vector<Finding>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &Finding::name);
  if (found == all.end()) throw std::logic_error("no finding " + std::string(name));
  return *found;
}

TEST_CASE("a deploy of five seconds behind a 502: all of Chrome's ten thousand pages are deaf") {
  const scenarios::Results results = incident("the-deploy-that-leaves-pages-deaf");
  CHECK(results.expectations_hold());
  const std::vector<Finding> all = findings(study(results));
  const Finding& deaf = finding(all, "pages-deaf");
  CHECK(
      deaf.what ==
      "After the restart of node at 30 s, all 10000 pages stay deaf for good: they look alive, and "
      "no event comes.");
  CHECK_THAT(deaf.why, Contains("the proxy answers 502 while the app is down"));
  CHECK_THAT(deaf.why, Contains("3 s (chrome)"));
  CHECK_THAT(deaf.change, Contains("All are back after"));
}

TEST_CASE("a restart that refuses connections: all are back 3.0 s, or 5.0 s, later") {
  for (const auto& [browser, seconds] : {std::pair{"chrome", 3.0}, std::pair{"firefox", 5.0}}) {
    INFO(browser);
    const scenarios::Results results =
        incident("the-deploy-that-leaves-pages-deaf",
                 {"event.0.hop=0", "event.0.lasts=1s", "page.design=single-stream",
                  "browser.profile=" + std::string(browser)});
    const StormView storm = storm_of(study(results).variants.front());
    CHECK(storm.deaf == 0.0);
    CHECK(storm.lost == 10000.0);
    CHECK(storm.peak == 10000.0);
    CHECK(storm.recovery.kind == MetricValue::Kind::exact);
    CHECK(storm.recovery.value > seconds);
    CHECK(storm.recovery.value < seconds + 0.5);  // the way there, and the answer's way back
  }
}

TEST_CASE("a spread retry flattens the peak, and the report says by how much") {
  const scenarios::Results results = incident("the-thundering-herd");
  CHECK(results.expectations_hold());
  const std::vector<Finding> all = findings(study(results));
  const Finding& storm = finding(all, "storm");
  CHECK_THAT(storm.what, Contains("takes 10000 streams, and all of them come back in one second."));
  CHECK_THAT(storm.why, Contains("without backoff or jitter"));
  CHECK_THAT(storm.change, Contains("In the worst second, instead of 10000, come"));
  CHECK_THAT(storm.change, Contains("(1/1"));
  const Finding& clicks = finding(all, "clicks-in-the-storm");
  CHECK_THAT(clicks.what, Contains("Between the restart of haproxy at 30 s and the moment when all "
                                   "are back"));
}

TEST_CASE("the storm has a table of its own, in every format, and only where something happens") {
  const scenarios::Results results =
      incident("the-thundering-herd", {"fleet.users=500", "page.stream_retry=not sent"});
  const std::string text = terminal_report(results, {});
  CHECK_THAT(text, Contains("After the restart of haproxy at 30 s"));
  CHECK_THAT(text, Contains("all back"));
  CHECK_THAT(text, Contains("deaf: pages with a"));
  const scenarios::Results calm = scenarios::run_experiment(
      scenarios::read_scenario("[run]\nduration = \"5s\"\n[page]\nrows = 1\n", "calm.toml"));
  CHECK_THAT(terminal_report(calm, {}), !Contains("all back"));
}

TEST_CASE("where some never come back there is no time until all are back") {
  const scenarios::Results results =
      incident("the-deploy-that-leaves-pages-deaf",
               {"fleet.users=20", "page.design=single-stream", "browser.profile=chrome"});
  CHECK(results.variants.front().metric("reconnects.recovery").kind == MetricValue::Kind::never);
}

TEST_CASE("the tunnel and the workers that died show what they claim") {
  CHECK(incident("the-tunnel").expectations_hold());
  CHECK(incident("the-workers-that-died").expectations_hold());
}

}  // namespace
}  // namespace sixslots::reports
