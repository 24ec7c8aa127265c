#include "scenarios/theory/advisor.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/closed_forms.hpp"
#include "reports/terminal.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/theory/verification.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/polls.hpp"

namespace sixslots::scenarios::theory {
namespace {

Scenario steady_polls(const std::string& rate) {
  return polls(rate, "kind = \"steady\"\nduration = \"20s\"\nreplications = 5\n");
}

std::optional<ClosedForm> with(const std::string& setting) {
  Scenario scenario = steady_polls("96/s");
  apply_setting(scenario, setting);
  return closed_form(scenario);
}

TEST_CASE("a scenario that is a queue gets its closed form") {
  const std::optional<ClosedForm> form = closed_form(steady_polls("96/s"));
  REQUIRE(form);
  CHECK(form->queue == "M/M/6");
  CHECK(form->flow == "poll");
  CHECK(form->wait.mean == Approx(0.0215738332998453).epsilon(1e-12));
  CHECK(form->wait.quantile(0.99) == Approx(0.164456245682360).epsilon(1e-12));
}

TEST_CASE("other services and arrivals are other queues") {
  CHECK(with("request.0.service=50ms")->queue == "M/D/6");
  CHECK(with("browser.connections_per_origin=12")->queue == "M/M/12");
  CHECK(with("request.0.arrivals.every=10ms")->queue == "D/M/6");
  CHECK(with("page.rows=1")->queue == "M/M/5");  // an event stream holds a slot
}

TEST_CASE("nothing is said of what is no queue exactly") {
  for (const char* setting : {"network.rtt=1ms", "run.kind=terminating", "hop.0.workers=3",
                              "page.rows=6", "hop.0.protocol=h2", "request.0.arrivals.rate=121/s",
                              "fleet.users=2", "browser.start_time=1ms", "page.design=polling"}) {
    INFO(setting);
    Scenario scenario = steady_polls("96/s");
    if (std::string_view(setting) == "page.design=polling") apply_setting(scenario, "page.rows=1");
    apply_setting(scenario, setting);
    CHECK_FALSE(closed_form(scenario));
  }
  Scenario grows = steady_polls("48/s");
  for (const char* setting : {"browser.tabs=2", "request.0.tabs=all", "browser.tab_interval=2s"}) {
    apply_setting(grows, setting);
  }
  REQUIRE(closed_form(grows));  // the second tab opens when the statistics begin
  CHECK(closed_form(grows)->queue == "M/M/6");
  apply_setting(grows, "browser.tab_interval=10s");
  CHECK_FALSE(closed_form(grows));
  // A lognormal service has a closed form at one slot alone, and there of the mean.
  Scenario one = steady_polls("10/s");
  one.world.requests[0].service =
      sim::Distribution::lognormal_mean_scv(std::chrono::milliseconds(50), 2.0);
  CHECK_FALSE(closed_form(one));
  apply_setting(one, "browser.connections_per_origin=1");
  REQUIRE(closed_form(one));
  CHECK_FALSE(closed_form(one)->wait.tail);
}

TEST_CASE("where a case of the verification has slots alone, the advisor knows its truth") {
  int known = 0;
  for (const TheoryCase& one : theory_cases("", true)) {
    const std::optional<ClosedForm> form = closed_form(read_scenario(one.text(), one.group));
    if (!form) continue;
    for (const Measure& measure : one.measures) {
      if (measure.name != "EWq") continue;
      INFO(one.group << ' ' << one.parameters << ' ' << form->queue);
      CHECK(form->wait.mean == Approx(measure.truth).epsilon(1e-9));
      ++known;
    }
  }
  CHECK(known >= 20);
}

TEST_CASE("reports show the closed form beside what was simulated") {
  const Results results = run_experiment(steady_polls("96/s"));
  const std::string text = reports::terminal_report(results, {});
  CHECK(text.find("Closed form (M/M/6) of what poll is stalled: mean 22 ms (simulated") !=
        std::string::npos);
  const nlohmann::ordered_json json = reports::closed_form_json(results.variants.front());
  CHECK(json["queue"] == "M/M/6");
  CHECK(json["stalled"]["mean"].get<double>() == Approx(0.0215738332998453));
  const Results far = run_experiment([] {
    Scenario scenario = steady_polls("96/s");
    apply_setting(scenario, "network.rtt=1ms");
    return scenario;
  }());
  CHECK(reports::terminal_report(far, {}).find("Closed form") == std::string::npos);
  CHECK(reports::closed_form_json(far.variants.front()).is_null());
}

TEST_CASE("what else happens makes a queue something else") {
  for (const char* setting :
       {"network.loss=1 %", "fleet.arrival_rate=0.1/s", "fleet.session=10s", "browser.tabs=2",
        "page.design=polling", "page.design=single-stream"}) {
    INFO(setting);
    CHECK_FALSE(with(setting));
  }
  CHECK(with("page.design=poll-per-row"));
  Scenario all = steady_polls("48/s");
  apply_setting(all, "browser.tabs=2");
  apply_setting(all, "request.0.tabs=all");
  CHECK(closed_form(all));
}

}  // namespace
}  // namespace sixslots::scenarios::theory
