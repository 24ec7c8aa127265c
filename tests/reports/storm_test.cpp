#include "reports/storm.hpp"

#include "reports/findings.hpp"
#include "reports/terminal.hpp"
#include "reports/verdict.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

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
  const Finding* found = find(all, name);
  if (found == nullptr) throw std::logic_error("no finding " + std::string(name));
  return *found;
}

TEST_CASE("a deploy of five seconds behind a 502: all of Chrome's ten thousand pages are deaf",
          "[long]") {
  const scenarios::Results results = incident("the-deploy-that-leaves-pages-deaf");
  CHECK(results.no_expectation_fails());
  const std::vector<Finding> all = findings(study(results));
  const Finding& deaf = finding(all, "pages-deaf");
  CHECK(
      deaf.what ==
      "After the restart of node at 30 s, all 10000 pages stay deaf for good: they look alive, and "
      "no event comes.");
  CHECK_THAT(deaf.why, Contains("the proxy answers 502 while the app is down"));
  CHECK_THAT(deaf.why, Contains("3 s (chrome)"));
  CHECK_THAT(deaf.change, Contains("No page stays deaf: all are back after"));
}

TEST_CASE("a restart that refuses connections: all are back 3.0 s, or 5.0 s, later", "[long]") {
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

TEST_CASE("a spread retry flattens the peak, and the report says by how much", "[long]") {
  const scenarios::Results results = incident("the-thundering-herd");
  CHECK(results.no_expectation_fails());
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
  CHECK(incident("the-tunnel").no_expectation_fails());
  const scenarios::Results died = incident("the-workers-that-died");
  CHECK(died.no_expectation_fails());
  CHECK_THAT(verdict(study(died)),
             Contains("at the median and 24 s at the 95th percentile, and 3 of 2690 clicks fail."));
}

/// A page behind nginx and an app, in thirty seconds; more lines follow.
std::string behind_nginx(const std::string& more) {
  return "[run]\nduration = \"60s\"\nreplications = 2\n"
         "[[hop]]\nkind = \"nginx\"\nprotocol = \"h2\"\n" +
         more;
}

constexpr std::string_view three_events =
    "[[hop]]\nkind = \"node\"\n[page]\nrows = 3\ndesign = \"stream-per-row\"\n"
    "[[event]]\nhop = 0\nat = \"10s\"\nlasts = \"2s\"\n"
    "[[event]]\nhop = 1\nat = \"30s\"\nlasts = \"5s\"\n"
    "[[event]]\nkind = \"outage\"\nat = \"50s\"\nlasts = \"2s\"\n";

TEST_CASE("a click that is answered with an error counts once among those of the storm") {
  const scenarios::Results results = answer(behind_nginx(
      "[[hop]]\nkind = \"php-fpm\"\nworkers = 30\n[fleet]\nusers = 20\narrive_within = \"5s\"\n"
      "[page]\nrows = 2\n[[request]]\nname = \"click\"\nby_user = true\n"
      "arrivals = { process = \"poisson\", rate = \"0.2/s\" }\n"
      "[[event]]\nat = \"30s\"\nhop = 1\nlasts = \"2s\"\n"
      "[compare]\n\"page.design\" = [\"single-stream\", \"stream-per-row\"]\n"));
  const models::FlowStatistics& flow = results.variants.back().flows.front();
  REQUIRE(flow.count == flow.latency.count());  // all of them were answered
  const std::vector<Finding> all = findings(study(results));
  const Finding& clicks = finding(all, "clicks-in-the-storm");
  CHECK_THAT(clicks.what, Contains(" " + std::to_string(flow.storm_failed) + " of " +
                                   std::to_string(flow.storm.count()) + " clicks fail."));
  CHECK_THAT(clicks.why, Contains("While php-fpm is down, nginx answers 502."));
  CHECK_THAT(clicks.why, Contains("the same workers of php-fpm as the click"));
  CHECK_THAT(clicks.change, Contains("fail with single-stream (simulated here)"));
}

TEST_CASE("a page without streams does not go deaf, and is out of date for its own reason") {
  const scenarios::Results results = answer(
      behind_nginx("[[hop]]\nkind = \"node\"\n[page]\nrows = 2\n[[request]]\nname = \"click\"\n"
                   "by_user = true\narrivals = { rate = \"0.2/s\" }\n"
                   "[[event]]\nat = \"20s\"\nhop = 1\nlasts = \"5s\"\n"
                   "[compare]\n\"page.design\" = [\"single-stream\", \"polling\"]\n"));
  const std::vector<Finding> all = findings(study(results));
  CHECK(finding(all, "pages-deaf").change ==
        "No page stays deaf: no stream is lost with polling (simulated here).");
  for (const Finding& one : all) {
    if (one.name != "rows-stale") continue;
    CHECK(one.also.empty());
    CHECK_THAT(one.why, Contains(one.variant == 0 ? "the stream that would bring them"
                                                  : "While node is down, nginx answers"));
  }
}

TEST_CASE("streams that are cut before they open are not said to be silent for too long") {
  const scenarios::Results results = incident("the-tunnel", {"hop.0.read_timeout=20s"});
  const std::vector<Finding> all = findings(study(results));
  CHECK_THAT(finding(all, "streams-cut").why,
             Contains("Once open, an event stream has comments every 15 s (page.heartbeat): those "
                      "that end wait for an answer. Php-fpm has 5 workers (hop.1.workers)"));
}

TEST_CASE("of several events none is said to have done what another did") {
  const scenarios::Results results = answer(behind_nginx(std::string(three_events)));
  const std::vector<Finding> all = findings(study(results));
  CHECK(finding(all, "pages-deaf").what ==
        "After the 3 events from 10 s on, the only one of the pages stays deaf for good: it looks "
        "alive, and no event comes.");
  const std::string text = terminal_report(results, {});
  CHECK_THAT(text, Contains("After the 3 events from 10 s on\n"));
  CHECK_THAT(text, Contains("from an event until"));
}

TEST_CASE("a variant with another event has a finding of its own") {
  const scenarios::Results results = incident("the-tunnel");
  for (const Finding& one : findings(study(results))) {
    if (one.name != "clicks-in-the-storm") continue;
    INFO(one.why);
    std::vector<std::size_t> all = one.also;
    all.push_back(one.variant);
    for (const std::size_t variant : all) {
      const auto& events = results.variants[variant].variant.scenario.world.events;
      const bool is_outage = events.front().kind == models::ServerEvent::Kind::outage;
      CHECK_THAT(one.why, Catch::Matchers::StartsWith(is_outage ? "The outage" : "The disconn"));
    }
  }
}

TEST_CASE("a delay that is spread is not said to be without jitter") {
  const scenarios::Results results =
      answer(behind_nginx("[[hop]]\nkind = \"node\"\n[fleet]\nusers = 50\narrive_within = \"5s\"\n"
                          "[page]\nrows = 1\nstream_retry = \"4s\"\nretry_spread = \"20%\"\n"
                          "[[event]]\nhop = 0\nat = \"30s\"\nlasts = \"1s\"\n"));
  const std::vector<Finding> all = findings(study(results));
  CHECK(finding(all, "storm").why ==
        "An EventSource comes back after a fixed delay, without backoff: here 4 s (the retry "
        "field, spread by 20 %). Who was lost together comes back in the time of the spread.");
}

TEST_CASE("where nothing was answered in a storm no time is told of it") {
  const scenarios::Results results = answer(behind_nginx(
      "[[hop]]\nkind = \"node\"\n[page]\nrows = 1\ndesign = \"websocket\"\n"
      "[[request]]\nname = \"click\"\nby_user = true\narrivals = { at = [\"5s\", \"10.5s\"] }\n"
      "[[event]]\nhop = 0\nat = \"10s\"\nlasts = \"1s\"\n"));
  const std::vector<Finding> all = findings(study(results));
  const Finding& clicks = finding(all, "clicks-in-the-storm");
  CHECK(clicks.what ==
        "Between the restart of nginx at 10 s and the moment when all are back, all 2 clicks "
        "fail.");
  CHECK(clicks.why ==
        "A restart of nginx fails what is under way there, and what comes before it is back.");
}

/// Four rows behind nginx and an app, with clicks, and an outage from 40 s to 60 s; more lines
/// follow.
std::string with_outage(const std::string& design, const std::string& more = "") {
  return "[run]\nduration = \"120s\"\nreplications = 2\n[network]\nprofile = \"cable\"\n"
         "[[hop]]\nkind = \"nginx\"\n[[hop]]\nkind = \"node\"\nservice = \"20ms\"\n"
         "[page]\nrows = 4\nupdates = { rate = \"1/s\" }\nheartbeat = \"5s\"\ndesign = \"" +
         design +
         "\"\n[[request]]\nname = \"click\"\nby_user = true\nmethod = \"POST\"\n"
         "arrivals = { process = \"every\", every = \"5s\" }\n"
         "[[event]]\nkind = \"outage\"\nat = \"40s\"\nlasts = \"20s\"\n" +
         more;
}

TEST_CASE("who cannot connect in an outage is not said to find the slots taken") {
  const scenarios::Results results = answer(with_outage("polling"));
  REQUIRE(results.variants.front().metric("slots.queue_peak").value == 0.0);
  const std::vector<Finding> all = findings(study(results));
  CHECK_THAT(finding(all, "often-stalled").why,
             Catch::Matchers::StartsWith("The outage lets nothing through: no connection is"));
}

TEST_CASE("an outage keeps updates from pages that poll, and from streams that stay open") {
  for (const char* design : {"polling", "long-poll", "single-stream"}) {
    INFO(design);
    const scenarios::Results results = answer(with_outage(design));
    const std::vector<Finding> all = findings(study(results));
    CHECK(finding(all, "rows-stale").why == "The outage lets nothing through.");
  }
}

TEST_CASE("the headline tells of clicks in an outage, and of no cure that is slower") {
  const scenarios::Results h2 =
      answer(with_outage("stream-per-row", "[compare]\n\"hop.0.protocol\" = [\"h2\"]\n"));
  CHECK_THAT(verdict(study(h2)), !Contains("Nothing hangs"));
  CHECK_THAT(verdict(study(h2)), Contains("Between the outage at 40 s and its end, the click"));
  const scenarios::Results both = answer(
      with_outage("stream-per-row", "[compare]\n\"hop.0.protocol\" = [\"http/1.1\", \"h2\"]\n"));
  CHECK_THAT(verdict(study(both)), !Contains("At the median it takes"));
  CHECK_THAT(verdict(study(both)), Contains("ith stream-per-row over HTTP/2, between the outage"));
}

TEST_CASE("a lighter event is no cure of a heavier one") {
  const scenarios::Results results = incident("the-workers-that-died");
  const std::vector<Finding> all = findings(study(results));
  CHECK(finding(all, "clicks-in-the-storm").change ==
        "Nothing else was simulated here for this event; compare designs and protocols.");
  const auto stale = std::ranges::find_if(
      all, [](const Finding& one) { return one.name == "rows-stale" && one.weight > 15.0; });
  REQUIRE(stale != all.end());
  CHECK_THAT(stale->why, Catch::Matchers::StartsWith("A worker that is lost takes with it"));
}

TEST_CASE("a variant that suffers less from the same is no cure") {
  const std::vector<Finding> all = findings(study(incident("the-tunnel", {"run.seed=5"})));
  const auto stale = std::ranges::find_if(all, [](const Finding& one) {
    return one.name == "rows-stale" && !one.change.starts_with("None");
  });
  REQUIRE(stale != all.end());
  CHECK(stale->also.size() == 1);
  CHECK_THAT(stale->change, Catch::Matchers::EndsWith("(simulated here): less, and no cure."));
}

TEST_CASE("WebSockets that come back with backoff are a storm of their own, and a smaller one") {
  const scenarios::Results results =
      answer(behind_nginx("[[hop]]\nkind = \"node\"\n[fleet]\nusers = 200\n"
                          "arrive_within = \"20s\"\n[page]\nrows = 1\n"
                          "[[event]]\nat = \"30s\"\nhop = 1\nlasts = \"5s\"\n"
                          "[compare]\n\"page.design\" = [\"single-stream\", \"websocket\"]\n"
                          "\"browser.profile\" = [\"firefox\"]\n"));
  const std::vector<Finding> all = findings(study(results));
  const Finding& storm = finding(all, "storm");
  CHECK(storm.also.empty());
  CHECK_THAT(storm.why, Contains("An EventSource"));
  CHECK_THAT(storm.change, Contains("with websocket in firefox (simulated here)."));
}

}  // namespace
}  // namespace sixslots::reports
