#include "scenarios/reader.hpp"

#include <filesystem>
#include <fstream>

#include "models/design.hpp"
#include "scenarios/key_values.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots;
using namespace sixslots::scenarios;
using namespace std::chrono_literals;

namespace {

/// The page of design.md's example, with every section.
constexpr std::string_view twenty_panes = R"(
title = "Twenty panes, one EventSource each, over HTTP/1.1"

[run]
duration     = "2min"
replications = 5
seed         = 7

[browser]
profile = "firefox"
tabs    = 2

[network]
profile = "dsl"
rtt     = "80ms"

[[hop]]
kind     = "go"
protocol = "h2"
[[hop]]
kind    = "node"
service = { distribution = "lognormal", median = "35ms", p95 = "120ms" }

[page]
rows    = 40
design  = "single-stream"
updates = { rate = "12/min", size = "1KiB" }

[[request]]
name     = "click"
method   = "POST"
by_user  = true
arrivals = { process = "poisson", rate = "0.2/s" }
service  = "50ms"
[[request]]
name     = "save"
arrivals = { at = ["10s", "12s"] }
)";

std::string list_of(std::string_view key) { return allowed_values(*find_key(key)); }

}  // namespace

TEST_CASE("a scenario file sets what it says") {
  const Scenario scenario = read_scenario(twenty_panes, "page.toml");
  CHECK(scenario.title == "Twenty panes, one EventSource each, over HTTP/1.1");
  CHECK(scenario.text == twenty_panes);
  CHECK(scenario.run.duration == 2min);
  CHECK(scenario.run.replications == 5);
  CHECK(scenario.run.seed == 7);
  const models::WorldSpec& world = scenario.world;
  CHECK(world.browser.name == "firefox");
  CHECK(world.tabs == 2);
  CHECK(world.network.name == "dsl");
  CHECK(world.network.rtt == 80ms);
  CHECK(world.page.rows == 40);
  CHECK(world.page.design == models::find_design("single-stream"));
  CHECK(world.page.updates.rate == 0.2);
  CHECK(world.page.updates.size.count == 1024);
}

TEST_CASE("hops and requests come in the order of the file") {
  const models::WorldSpec world = read_scenario(twenty_panes, "page.toml").world;
  REQUIRE(world.hops.size() == 2);
  CHECK(world.hops[0].kind == "go");
  CHECK(world.hops[0].protocol == models::Protocol::http2);
  CHECK(world.hops[0].max_concurrent_streams == models::find_server("go")->max_concurrent_streams);
  CHECK(world.hops[1].kind == "node");
  CHECK(world.hops[1].service == sim::Distribution::lognormal_median_p95(35ms, 120ms));
  REQUIRE(world.requests.size() == 2);
  CHECK(world.requests[0].method == "POST");
  CHECK(world.requests[0].by_user);
  CHECK(world.requests[0].arrivals.rate == 0.2);
  CHECK(world.requests[0].service == sim::Distribution::constant(50ms));
  CHECK(world.requests[1].arrivals.process == models::Arrivals::Process::at);
  CHECK(world.requests[1].arrivals.at == std::vector<sim::Duration>{10s, 12s});
  CHECK_FALSE(world.requests[1].service);
}

TEST_CASE("what a file does not set has its default") {
  const Scenario scenario = read_scenario("page.rows = 3", "page.toml");
  const Scenario defaults = default_scenario();
  CHECK(scenario.world.page.rows == 3);
  CHECK(scenario.world.browser.name == models::browser_profiles().front().name);
  CHECK(scenario.world.page.design == &models::designs().front());
  REQUIRE(scenario.world.hops.size() == 1);
  CHECK(scenario.world.hops[0].kind == "node");
  CHECK(scenario.world.hops[0].protocol == models::Protocol::http1);
  CHECK(scenario.world.requests.empty());
  CHECK(scenario.run.duration == defaults.run.duration);
}

TEST_CASE("names in a scenario outlive the text they were read from") {
  Scenario scenario;
  {
    const std::string text(twenty_panes);
    scenario = read_scenario(text, "page.toml");
  }
  CHECK(scenario.world.browser.name.data() == models::find_browser("firefox")->name.data());
  CHECK(scenario.world.hops[0].kind.data() == models::find_server("go")->kind.data());
}

TEST_CASE("all wrong values of a file are told together, in its order") {
  CHECK(complaint(R"([run]
duration = 60
seeds = 1
[page]
rows = 1000000000
design = "stream-per-rwo"
updates = "0.2/s"
[network]
rtt = "80 m"
[[hop]]
workers = 0
)") == "page.toml:2:12: run.duration: a duration needs a unit: write \"60s\"\n"
       "page.toml:3:1: unknown key 'run.seeds'; did you mean 'run.seed'? [run] has kind, "
       "duration, warm_up, replications, precision, most_replications and seed\n"
       "page.toml:5:8: page.rows: 1000000000 is out of range; write a whole number from 0 to "
       "100000\n"
       "page.toml:6:10: page.design: \"stream-per-rwo\" is unknown; did you mean "
       "'stream-per-row'? Write " +
            list_of("page.design") +
            "\n"
            "page.toml:7:11: page.updates: \"0.2/s\" is not allowed; write a table with "
            "rate and size\n"
            "page.toml:9:7: network.rtt: \"80 m\" has the unknown unit 'm'; did you mean 'ms'? Use "
            "ns, us, ms, s, min or h\n"
            "page.toml:11:11: hop.0.workers: 0 is out of range; write a whole number from 1 to "
            "1000000, or \"unlimited\"");
}

TEST_CASE("a file without a key is told where to start") {
  const std::string message =
      "page.toml:1:1: the file says nothing: a scenario needs at least one key, such as page.rows "
      "= 20; \"sixslots init\" prints a complete one to start from";
  CHECK(complaint("") == message);
  CHECK(complaint("# only a comment\n") == message);
}

TEST_CASE("files that cannot be read say why") {
  const std::string folder = std::filesystem::temp_directory_path().string();
  CHECK(complaint_of([&] { read_scenario_file(folder); }) ==
        folder + ": this is a directory; name a scenario file in it");
  CHECK(complaint_of([&] { read_scenario_file("no/such.toml"); }) ==
        "no/such.toml: cannot be read: No such file or directory");
  CHECK(complaint_of([&] { read_scenario_file("/dev/zero"); }) ==
        "/dev/zero: is larger than 1MiB, which no scenario needs to be");
}

TEST_CASE("text that is not TOML is told where it breaks") {
  CHECK(complaint("[page\nrows = 3\n") ==
        "page.toml:1:6: this is not TOML: table header: expected ']', saw '\\n'");
  CHECK(complaint("[page]\nrows 3\n") ==
        "page.toml:2:6: this is not TOML: key-value pair: expected '=', saw '3'");
  CHECK(complaint("[page]\nrows = 3\n[.]\n") == "page.toml:3:2: this is not TOML from here on");
  CHECK(complaint("title = \"caf\xe9\"\n") == "page.toml:1:12: the file is not UTF-8 text");
}

TEST_CASE("a character beyond ASCII stands in quotes or in a comment") {
  const std::string rest =
      "may stand only in quotes and in comments; without quotes, keys have letters from A to Z, "
      "digits, '_' and '-'";
  CHECK(complaint("größe = 1\n") == "page.toml:1:3: 'größe': 'ö' " + rest);
  CHECK(complaint("# größe\ntitle = \"\\\"ö\" # ö\n[page]\nrows = 3ö\n") ==
        "page.toml:4:9: '3ö': 'ö' " + rest);
  CHECK(complaint("title = \"\"\"\nö\"ö\"\"\"\npage.ключ = 'ключ'\n") ==
        "page.toml:3:6: 'ключ': 'к' " + rest);
  CHECK(complaint("title = \"ö\npage.rows = 1\n").starts_with("page.toml:1:11: this is not TOML"));
  CHECK(complaint("caf\xe9 = 1\n").ends_with("the file is not UTF-8 text"));
  CHECK(complaint("\xef\xbb\xbfpage.rows = 1\n") == "nothing");
}

TEST_CASE("a value with a unit and without quotes is told to have them") {
  CHECK(complaint("[run]\nduration = 60s\n") ==
        "page.toml:2:14: a value with a unit stands in quotes: write \"60s\"");
  CHECK(complaint("[network]\ndown = 1.5Mbit/s\n") ==
        "page.toml:2:11: a value with a unit stands in quotes: write \"1.5Mbit/s\"");
}

TEST_CASE("a key given twice is refused") {
  CHECK(complaint("[page]\nrows = 1\nrows = 2\n") ==
        "page.toml:3:8: 'rows' is given a second time");
  CHECK(complaint("[page]\nrows = 1\n[run]\n[page]\n") ==
        "page.toml:4:1: 'page' is given a second time");
}

TEST_CASE("an unknown key is told the nearest one and those there are") {
  CHECK(complaint("pge.rows = 1\n") ==
        "page.toml:1:1: unknown key 'pge'; did you mean 'page'? A scenario has title, path, "
        "run, browser, named_path, network, hop, fleet, page, request, event, tab, compare and "
        "expect");
  CHECK(complaint("[network]\nprofil = \"dsl\"\n") ==
        "page.toml:2:1: unknown key 'network.profil'; did you mean 'network.profile'? [network] "
        "has profile, rtt, down, up, dns, loss and slow_start");
  CHECK(complaint("[[hop]]\nkid = \"go\"\n")
            .starts_with("page.toml:2:1: unknown key 'hop.0.kid'; did you mean 'hop.0.kind'? "
                         "[[hop]] has kind, protocol, "));
  CHECK(complaint("[[request]]\narrivals = { rat = \"1/s\" }\n") ==
        "page.toml:2:14: unknown key 'request.0.arrivals.rat'; did you mean "
        "'request.0.arrivals.rate'? 'request.N.arrivals' has process, at, every, first, rate, gap, "
        "think, batch and batch_sizes");
  CHECK(complaint("\"page.rows\" = 3\n") ==
        "page.toml:1:1: \"page.rows\" in quotes is a single name; write page.rows without them");
}
