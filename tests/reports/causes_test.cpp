#include <fmt/format.h>

#include <string>
#include <string_view>

#include "reports/findings.hpp"
#include "reports/grades.hpp"
#include "reports/verdict.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

// What is blamed is what a change of would help.

namespace sixslots::reports {
namespace {

using Catch::Matchers::Contains;

/// Clicks that come by chance through nginx to one worker of gunicorn, which serves ten a second.
std::string clicks_at_a_worker(std::string_view protocol, std::string_view rate) {
  return fmt::format(R"(
[run]
duration = "100s"
replications = 2
[[hop]]
kind = "nginx"
protocol = "{}"
[[hop]]
kind = "gunicorn"
service = {{ distribution = "exponential", mean = "100ms" }}
[page]
rows = 0
[[request]]
name = "click"
method = "POST"
arrivals = {{ process = "poisson", rate = "{}" }}
)",
                     protocol, rate);
}

}  // namespace

TEST_CASE("slots that wait for a worker are the worker's fault, and more workers the cure") {
  const std::string overloaded_worker = clicks_at_a_worker("http/1.1", "12/s");
  const scenarios::Results alone = answer(overloaded_worker);
  CHECK_THAT(verdict(study(alone)), Contains("behind requests that wait for a worker of gunicorn"));
  const std::vector<Finding> all = findings(study(alone));
  const Finding* stalled = find(all, "often-stalled");
  REQUIRE(stalled != nullptr);
  CHECK_THAT(stalled->why, Contains("of that time in line at the server: Gunicorn has 1 worker "
                                    "(hop.1.workers)"));
  CHECK(stalled->change == "Nothing else was simulated here; compare more of hop.1.workers.");

  const scenarios::Results compared =
      answer(overloaded_worker + "[compare]\n\"hop.1.workers\" = [1, 2]\n");
  const std::string text = verdict(study(compared));
  CHECK_THAT(text, Catch::Matchers::StartsWith("With workers 1, the click takes "));
  CHECK_THAT(text, Contains("ms with workers 2."));
  CHECK_THAT(text, !Contains("None of the variants"));
}

TEST_CASE("an event near the end does not hide what is slow all along") {
  const std::string busy = clicks_at_a_worker("h2", "9/s");
  const std::string disconnected =
      busy + "[[event]]\nkind = \"disconnection\"\nat = \"99s\"\nlasts = \"100ms\"\n";
  for (const std::string& scenario : {busy, disconnected}) {
    const scenarios::Results results = answer(scenario);
    CHECK_THAT(verdict(study(results)), Contains("of its time it waits for a worker"));
    const std::vector<Finding> all = findings(study(results));
    const Finding* busy_workers = find(all, "workers-busy");
    REQUIRE(busy_workers != nullptr);
    CHECK_THAT(busy_workers->why, Contains("there is 1 worker of gunicorn"));
  }
  const scenarios::Results compared =
      answer(disconnected + "[compare]\n\"hop.1.workers\" = [1, 4]\n");
  const std::vector<Finding> all = findings(study(compared));
  const Finding* busy_workers = find(all, "workers-busy");
  REQUIRE(busy_workers != nullptr);
  CHECK_THAT(busy_workers->change, Contains("with workers 4 (simulated here)"));
}

TEST_CASE("requests that the way up keeps are not said to reach the server") {
  const scenarios::Results results = answer(R"(
[run]
duration = "60s"
replications = 2
[network]
profile = "cable"
up = "1Mbit/s"
[[hop]]
protocol = "h2"
[page]
rows = 0
[[request]]
name = "click"
method = "POST"
by_user = true
request_size = "3MB"
arrivals = { every = "2s" }
)");
  CHECK_THAT(verdict(study(results)),
             Contains("clicks are still on the way to the server when the run ends"));
  const std::vector<Finding> all = findings(study(results));
  const Finding* shared = find(all, "way-up-shared");
  REQUIRE(shared != nullptr);
  CHECK_THAT(shared->why, Contains("1 Mbit/s up (network.up)"));
  CHECK(shared->change == "Nothing else was simulated here; compare more of network.up.");
}

TEST_CASE("a full way down is named, with the flow that has no answer") {
  const std::string images = R"(
[run]
duration = "60s"
replications = 2
[network]
profile = "cable"
down = "1Mbit/s"
[[hop]]
protocol = "h2"
[page]
rows = 3
design = "single-stream"
[[request]]
name = "click"
method = "POST"
by_user = true
arrivals = { every = "2s" }
[[request]]
name = "img"
kind = "image"
arrivals = { every = "1s" }
response_size = "200kB"
)";
  const scenarios::Results results =
      answer(images + "[compare]\n\"network.down\" = [\"1Mbit/s\", \"20Mbit/s\"]\n");
  CHECK_THAT(verdict(study(results)), Contains("“img” requests get no answer before the run ends"));
  const std::vector<Finding> all = findings(study(results));
  const Finding* shared = find(all, "way-down-shared");
  REQUIRE(shared != nullptr);
  CHECK_THAT(shared->what,
             Contains("the click takes, its answer waits for others on the access link"));
  CHECK_THAT(shared->what, Contains("“img” requests get no answer before the run ends"));
  CHECK_THAT(shared->why, Contains("asks for 1.6 Mbit/s"));
  CHECK_THAT(shared->change, Contains("ms with down 20Mbit/s (simulated here)"));
}

TEST_CASE("a long answer that has the link to itself shares it with nobody") {
  const scenarios::Results results = answer(R"(
[run]
duration = "60s"
replications = 1
[network]
profile = "cable"
down = "1Mbit/s"
[page]
rows = 0
[[request]]
name = "click"
by_user = true
response_size = "500kB"
arrivals = { every = "10s" }
)");
  const std::vector<Finding> all = findings(study(results));
  CHECK(find(all, "way-down-shared") == nullptr);
}

TEST_CASE("pages that never load are told of, with the limit that refuses them") {
  const std::string fleet = R"(
[run]
duration = "60s"
replications = 2
[fleet]
users = 8
[[hop]]
kind = "nginx"
connections = 10
protocol = "h2"
[[hop]]
[page]
rows = 1
design = "single-stream"
[[request]]
name = "click"
method = "POST"
arrivals = { every = "10s" }
)";
  const scenarios::Results alone = answer(fleet);
  CHECK_THAT(verdict(study(alone)), Catch::Matchers::StartsWith("None of the 8 pages loads: "));
  const std::vector<Finding> all = findings(study(alone));
  REQUIRE(!all.empty());
  CHECK(all.front().name == "pages-fail");
  CHECK_THAT(all.front().why, Contains("no room for more than 10 connections (hop.0.connections)"));
  CHECK_THAT(all.front().change, Contains("more of hop.0.connections"));
  CHECK(find(all, "rows-stale") == nullptr);

  const scenarios::Results compared =
      answer(fleet + "[compare]\n\"hop.0.connections\" = [10, 512]\n");
  const std::string text = verdict(study(compared));
  CHECK_THAT(text, !Contains("Nothing hangs"));
  CHECK_THAT(text, Contains("With connections 10, none of the 8 pages loads"));
  CHECK(findings(study(compared)).front().change ==
        "Every page loads with connections 512 (simulated here).");
}

TEST_CASE("where some pages never load and others do, both are told") {
  const scenarios::Results results = answer(R"(
[run]
duration = "60s"
replications = 2
[fleet]
users = 20
[[hop]]
kind = "nginx"
protocol = "h2"
upstream_connections = 2
[[hop]]
service = "300ms"
[page]
rows = 0
[[request]]
name = "click"
method = "POST"
by_user = true
arrivals = { rate = "0.5/s" }
)");
  CHECK_THAT(verdict(study(results)), Contains("18 of 20 pages never load."));
  const std::vector<Finding> all = findings(study(results));
  REQUIRE(find(all, "pages-fail") != nullptr);
  CHECK_THAT(find(all, "pages-fail")->why, Contains("hop.0.upstream_connections"));
}

TEST_CASE("what is told of a change is what it changes") {
  const scenarios::Results hanging = answer(R"(
[run]
duration = "60s"
replications = 2
[browser]
profile = "firefox"
[page]
rows = 6
[[request]]
name = "click"
method = "POST"
by_user = true
[[request]]
name = "background"
[compare]
"page.rows" = [5, 6]
)");
  const std::vector<Finding> of_flows = findings(study(hanging));
  const Finding* others = find(of_flows, "others-hang");
  REQUIRE(others != nullptr);
  CHECK_THAT(others->change,
             Catch::Matchers::StartsWith("At the median the request “background” takes "));

  const scenarios::Results silent = answer(R"(
[run]
duration = "300s"
replications = 2
[[hop]]
kind = "nginx"
protocol = "h2"
[[hop]]
[page]
rows = 3
updates = { rate = "0.005/s" }
[compare]
"page.heartbeat" = ["none", "30s"]
)");
  const std::vector<Finding> of_streams = findings(study(silent));
  const Finding* cut = find(of_streams, "streams-cut");
  REQUIRE(cut != nullptr);
  CHECK(cut->change == "None ends so with heartbeat 30s (simulated here).");
}

TEST_CASE("updates that wait for a slot, or for slowed timers, are out of date for that") {
  const scenarios::Results slots = answer(R"(
[run]
duration = "60s"
replications = 2
[page]
rows = 12
design = "long-poll-per-row"
updates = { rate = "0.2/s" }
)");
  const std::vector<Finding> of_slots = findings(study(slots));
  const Finding* stale = find(of_slots, "rows-stale");
  REQUIRE(stale != nullptr);
  CHECK_THAT(stale->why, Contains("what asks waits for a slot: Chrome has 6 slots"));

  const scenarios::Results hidden = answer(R"(
[run]
duration = "900s"
replications = 1
[fleet]
users = 4
hidden_share = "100 %"
[[hop]]
protocol = "h2"
[page]
rows = 3
design = "polling"
poll_interval = "1s"
)");
  const std::vector<Finding> of_timers = findings(study(hidden));
  stale = find(of_timers, "rows-stale");
  REQUIRE(stale != nullptr);
  CHECK_THAT(stale->why, Contains("in a hidden tab (fleet.hidden_share)"));
}

TEST_CASE("where rows stay blank it is not said that nothing hangs") {
  const std::string scenario = R"(
[run]
duration = "60s"
replications = 2
[browser]
profile = "firefox"
[page]
rows = 7
[[request]]
name = "click"
method = "POST"
by_user = true
)";
  for (const char* rows : {"", "[compare]\n\"page.rows\" = [7, 8]\n"}) {
    const scenarios::Results results = answer(scenario + rows);
    CHECK_THAT(verdict(study(results)), Contains("event streams never open"));
    CHECK_THAT(verdict(study(results)), !Contains("Nothing hangs"));
  }
}

TEST_CASE("a page without rows is not told what one more wants") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"20s\"\nreplications = 1\n[page]\nrows = 0\n"
      "design = \"stream-per-row\"\n");
  CHECK_THAT(verdict(study(results)), !Contains("one more row"));
}

TEST_CASE("a cell of the matrix names what harms the most requests") {
  const scenarios::Results results = answer(R"(
[run]
duration = "100s"
replications = 1
[[hop]]
kind = "nginx"
protocol = "h2"
[[hop]]
kind = "php-fpm"
workers = 1
service = "10s"
[page]
rows = 0
[[request]]
name = "click"
by_user = true
arrivals = { every = "1s" }
[[event]]
kind = "disconnection"
at = "80s"
lasts = "1s"
)");
  const Study subject = study(results);
  const VariantView& view = subject.variants.front();
  const models::FlowStatistics& flow = *subject.felt(view).statistics;
  REQUIRE(flow.failed > flow.censored);
  CHECK_THAT(grade(subject, view).text, Catch::Matchers::EndsWith(" % failed"));
}

}  // namespace sixslots::reports
