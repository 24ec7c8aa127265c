#include "scenarios/overrides.hpp"

#include "models/design.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/sweep.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots;
using namespace sixslots::scenarios;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view page = R"([browser]
connections_per_origin = 4
profile = "chrome"
[[hop]]
kind = "node"
keep_alive = "9s"
[page]
rows = 20
[[request]]
name = "click"
[compare]
"page.design" = ["stream-per-row", "polling"]
)";

Scenario scenario() { return read_scenario(page, "page.toml"); }

Scenario set(std::string_view setting) {
  Scenario changed = scenario();
  apply_setting(changed, setting);
  return changed;
}

std::string complaint_about(std::string_view setting) {
  return complaint_of([&] { set(setting); });
}

}  // namespace

TEST_CASE("a preset comes first, wherever it stands in the file") {
  CHECK(scenario().world.browser.connections_per_origin == 4);
  CHECK(scenario().world.browser.name == "chrome");
}

TEST_CASE("a preset set later leaves in force what was set besides") {
  const Scenario firefox = set("browser.profile=firefox");
  CHECK(firefox.world.browser.connections_per_origin == 4);
  CHECK(firefox.world.browser.urgent_extra_connections == 3);
  const Scenario php = set("hop.0.kind=php-fpm");
  CHECK(php.world.hops[0].keep_alive == 9s);
  CHECK(php.world.hops[0].workers == models::find_server("php-fpm")->workers);
}

TEST_CASE("settings take values without the quotes of TOML") {
  CHECK(set("page.rows=40").world.page.rows == 40);
  CHECK(set("network.rtt=80ms").world.network.rtt == 80ms);
  CHECK(set("page.design=websocket").world.page.design == models::find_design("websocket"));
  CHECK(set("request.click.by_user=true").world.requests[0].by_user);
  CHECK(set("request.0.service=9ms").world.requests[0].service == sim::Distribution::constant(9ms));
  CHECK(set("title=40").title == "40");
  CHECK(set("title=a = b").title == "a = b");
  CHECK(set("title={x").title == "{x");
  CHECK(set("request.click.arrivals.at=10s,12s").world.requests[0].arrivals.at ==
        std::vector<sim::Duration>{10s, 12s});
  CHECK(set(R"(hop.0.service={ distribution = "exponential", mean = "9ms" })")
            .world.hops[0]
            .service == sim::Distribution::exponential(9ms));
  CHECK(set("request.click.arrivals.every=5s").world.requests[0].arrivals.process ==
        models::Arrivals::Process::every);
}

TEST_CASE("settings meet the same checks as the file") {
  CHECK(complaint_about("page.rows") ==
        "--set: \"page.rows\" is not of the form key=value; an example: page.rows=40");
  CHECK(complaint_about("page.rows=4x") ==
        "--set: page.rows: \"4x\" is not allowed; write a whole number from 0 to 100000");
  CHECK(
      complaint_about("page.row=4") ==
      "--set: unknown key 'page.row'; did you mean 'page.rows'? [page] has rows, design, updates, "
      "poll_interval, long_poll_timeout, heartbeat, stream_retry, retry_spread, socket_backoff, "
      "socket_backoff_most, socket_backoff_spread, stream_ends_after and document_size");
  CHECK(complaint_about("rows=4") ==
        "--set: unknown key 'rows'; did you mean 'page.rows'? A scenario has title, path, run, "
        "browser, named_path, network, hop, fleet, page, request, event, tab, compare and expect");
  CHECK(complaint_about("network.rtt=80") ==
        "--set: network.rtt: a duration needs a unit: write \"80s\"");
  CHECK(complaint_about("run.warm_up=60s") ==
        "--set: variant \"stream-per-row\": run.warm_up is 60s and must be shorter than "
        "run.duration, which is 60s");
}

TEST_CASE("a hop or request that is not there is told which ones are") {
  CHECK(complaint_about("hop.1.protocol=h2") ==
        "--set: hop.1.protocol: there is no hop.1; the scenario has 1 [[hop]], counted from 0");
  CHECK(complaint_about("hop.protocol=h2") ==
        "--set: unknown key 'hop.protocol'; say of which hop, as in 'hop.0.kind'");
  CHECK(complaint_about("request.clck.service=9ms") ==
        "--set: request.clck.service: no request is named 'clck'; did you mean 'click'? The "
        "scenario has click");
}

TEST_CASE("settings that go together only as a whole are checked as a whole") {
  Scenario changed = scenario();
  const std::string settings[] = {"run.warm_up=90s", "run.duration=100s"};
  apply_settings(changed, settings);
  CHECK(changed.run.warm_up == 90s);
}

TEST_CASE("a setting that is refused changes nothing") {
  Scenario changed = scenario();
  const std::string settings[] = {"page.rows=9", "page.rows=many"};
  CHECK(complaint_of([&] { apply_settings(changed, settings); }) ==
        "--set: page.rows: \"many\" is not allowed; write a whole number from 0 to 100000");
  CHECK(changed.world.page.rows == 20);
}

TEST_CASE("a compared key that is set keeps this value alone") {
  const Scenario changed = set("page.design=polling");
  REQUIRE(changed.compare.size() == 1);
  CHECK(changed.compare[0].values == std::vector<std::string>{"polling"});
}

TEST_CASE("variations are lists or ranges, and take the place of what was compared") {
  Scenario changed = scenario();
  apply_variation(changed, "page.design=websocket,single-stream");
  apply_variation(changed, "page.rows=1:3,10:30:10");
  REQUIRE(changed.compare.size() == 2);
  CHECK(changed.compare[0].values == std::vector<std::string>{"websocket", "single-stream"});
  CHECK(changed.compare[1].values == std::vector<std::string>{"1", "2", "3", "10", "20", "30"});
  apply_variation(changed,
                  R"(hop.0.service=9ms,{ distribution = "uniform", low = "1ms", high = "2ms" })");
  CHECK(changed.compare[2].values.size() == 2);
}

TEST_CASE("ranges multiply, and take units") {
  Scenario changed = scenario();
  const auto values = [&](std::string_view variation) {
    apply_variation(changed, variation);
    return changed.compare.back().values;
  };
  using Texts = std::vector<std::string>;
  CHECK(values("page.rows=1:64:x4") == Texts{"1", "4", "16", "64"});
  CHECK(values("page.rows=1:5:x1.5") == Texts{"1", "2", "3", "5"});
  CHECK(values("page.poll_interval=1s:4s:1500ms") == Texts{"1s", "2.5s", "4s"});
  CHECK(values("request.click.arrivals.rate=10/s:90/s:x3") == Texts{"10/s", "30/s", "90/s"});
}

TEST_CASE("a range in one unit has the values that a list in it would have") {
  Scenario changed = scenario();
  const auto values = [&](std::string_view variation) {
    apply_variation(changed, variation);
    return changed.compare.back().values;
  };
  using Texts = std::vector<std::string>;
  CHECK(values("request.click.arrivals.rate=1/min:5/min:1/min") ==
        Texts{"1/min", "2/min", "3/min", "4/min", "5/min"});
  CHECK(values("network.rtt=0.1s:0.3s:0.1s") == Texts{"0.1s", "0.2s", "0.3s"});
  CHECK(values("network.rtt=10ms:29ms:10ms") == Texts{"10ms", "20ms"});
  CHECK(values("network.rtt=0.00002s:0.00004s:0.00001s") == Texts{"20us", "30us", "40us"});
  CHECK(values("network.loss=0.01:0.03:0.01") == Texts{"0.01", "0.02", "0.03"});
}

TEST_CASE("an axis in several units is one in a common unit, and a choice is no number") {
  const auto numbers = [](std::string key, std::vector<std::string> values) {
    return numbers_on({std::move(key), std::move(values), {}});
  };
  const auto bits = numbers("network.down", {"500kbit/s", "1Mbit/s"});
  REQUIRE(bits);
  CHECK(bits->values == std::vector<double>{500'000.0, 1'000'000.0});
  CHECK(bits->unit == "bit/s");
  const auto rates = numbers("request.0.arrivals.rate", {"30/min", "1/s"});
  REQUIRE(rates);
  CHECK(rates->values == std::vector<double>{0.5, 1.0});
  CHECK(rates->unit == "/s");
  CHECK(numbers("network.loss", {"0.01", "2%"})->values == std::vector<double>{0.01, 0.02});
  CHECK(numbers("hop.0.service", {"500ms", "1s"})->values == std::vector<double>{0.5, 1.0});
  CHECK(numbers("network.rtt", {"10ms", "20ms"})->unit == "ms");
  CHECK_FALSE(numbers("hop.0.tls", {"1.2", "1.3"}));
  CHECK_FALSE(numbers("page.design", {"polling", "websocket"}));
  CHECK_FALSE(numbers("title", {"1", "2"}));
}

TEST_CASE("a variation that makes no sense is refused") {
  Scenario changed = scenario();
  const auto complaint_about_variation = [&](std::string_view variation) {
    return complaint_of([&] { apply_variation(changed, variation); });
  };
  const std::string range =
      "--vary: page.rows: a range goes from a lower to a higher number, in at "
      "most 10000 steps, as in 1:64, 10:100:10 or 1:64:x2";
  CHECK(complaint_about_variation("page.rows=9:1") == range);
  CHECK(complaint_about_variation("page.rows=1:9:0") == range);
  CHECK(complaint_about_variation("page.rows=0:99999999999") == range);
  CHECK(complaint_about_variation("page.rows=1:x") ==
        "--vary: page.rows: \"x\" is not a whole number");
  CHECK(complaint_about_variation("page.rows=20:x") ==
        "--vary: page.rows: \"x\" is not a whole number");
  CHECK(complaint_about_variation("page.rows=1,1") == "--vary: page.rows: 1 is listed twice");
  CHECK(complaint_about_variation("page.rows=") ==
        "--vary: page.rows: \"\" is not allowed; write a whole number from 0 to 100000");
  CHECK(complaint_about_variation("title=a,b") ==
        "--vary: title: this only names something and cannot be compared");
}
