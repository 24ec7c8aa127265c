#include "scenarios/key_values.hpp"

#include "scenarios/defaults.hpp"
#include "scenarios/overrides.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots;
using namespace sixslots::scenarios;

namespace {

Scenario with_one_of_each() {
  Scenario scenario = default_scenario();
  scenario.world.requests.push_back(default_request(0));
  scenario.world.events.emplace_back();
  scenario.world.fleet.browsers.push_back(default_browser_share());
  scenario.paths.emplace_back().hops.push_back(default_hop());
  scenario.tabs.emplace_back().actions.emplace_back();
  return scenario;
}

}  // namespace

TEST_CASE("every key's default and example are values that the key takes and prints again") {
  for (const Key& key : keys()) {
    INFO(key.path);
    for (const std::string& text : {default_value(key), example_value(key)}) {
      if (text.empty()) continue;
      Scenario scenario = with_one_of_each();
      const Value value = parse_toml("value = " + text, "").entries.at(0).value;
      CHECK(complaint_of([&] { assign(key, scenario, 0, value, {}); }) == "nothing");
      CHECK(print_value(key, scenario, 0) == text);
    }
  }
}

TEST_CASE("every key has a meaning that is a sentence, and only one row") {
  for (const Key& key : keys()) {
    INFO(key.path);
    CHECK(key.meaning.size() > 10);
    CHECK(key.meaning.back() == '.');
    CHECK(find_key(key.path) == &key);
  }
}

TEST_CASE("every name that a key lists can be set, and is what is set then") {
  for (const Key& key : keys()) {
    const Choice* choice = std::get_if<Choice>(&key.field);
    if (choice == nullptr) continue;
    INFO(key.path);
    for (const NameInfo& info : choice->names()) {
      Scenario scenario = with_one_of_each();
      choice->choose(scenario, 0, info.name);
      CHECK(choice->chosen(scenario, 0) == info.name);
    }
  }
}

TEST_CASE("every word for an absent number can be set, and prints as itself") {
  for (const Key& key : keys()) {
    if (key.word.empty()) continue;
    INFO(key.path);
    Scenario scenario = with_one_of_each();
    assign(key, scenario, 0, parse_unquoted(key.word, {}), {});
    CHECK(print_value(key, scenario, 0) == quoted(key.word));
  }
}

TEST_CASE("a value of the wrong type is refused by every key, with what it takes") {
  for (const Key& key : keys()) {
    INFO(key.path);
    Scenario scenario = with_one_of_each();
    const Value value = parse_toml("value = 1979-05-27", "").entries.at(0).value;
    CHECK(complaint_of([&] { assign(key, scenario, 0, value, {{}, "key"}); }) != "nothing");
  }
}

TEST_CASE("wrong values say what was found and what is allowed") {
  CHECK(complaint("page.rows = \"20\"") ==
        "page.toml:1:13: page.rows: \"20\" is not allowed; write a whole number from 0 to 100000, "
        "without quotes");
  CHECK(complaint("page.rows = 2.5") ==
        "page.toml:1:13: page.rows: 2.5 is not allowed; write a whole number from 0 to 100000");
  CHECK(complaint("page.rows = -1") ==
        "page.toml:1:13: page.rows: -1 is out of range; write a whole number from 0 to 100000");
  CHECK(complaint("title = 5") == "page.toml:1:9: title: 5 is not allowed; write a text");
  CHECK(complaint("[[request]]\nby_user = \"yes\"") ==
        "page.toml:2:11: request.0.by_user: \"yes\" is not allowed; write true or false");
  CHECK(complaint("[[request]]\nby_user = \"true\"") ==
        "page.toml:2:11: request.0.by_user: \"true\" is not allowed; write true or false, without "
        "quotes");
  CHECK(complaint("run.duration = \"0s\"") ==
        "page.toml:1:16: run.duration: \"0s\" is out of range; write a duration from 1ns to "
        "87600h");
  CHECK(complaint("run.duration = true") ==
        "page.toml:1:16: run.duration: true is not allowed; write a duration from 1ns to 87600h");
  CHECK(complaint("page.updates.size = \"2TiB\"") ==
        "page.toml:1:21: page.updates.size: \"2TiB\" has the unknown unit 'TiB'; did you mean "
        "'KiB'? Use B, kB, KiB, MB, MiB, GB or GiB");
  CHECK(complaint("page.updates.rate = \"2000000/s\"") ==
        "page.toml:1:21: page.updates.rate: \"2000000/s\" is out of range; write a rate from 0/s "
        "to 1000000/s");
  CHECK(complaint("network.down = \"2000Gbit/s\"") ==
        "page.toml:1:16: network.down: \"2000Gbit/s\" is out of range; write a bit rate from "
        "1bit/s to 1000Gbit/s, or \"unlimited\"");
  CHECK(complaint("[[hop]]\nprotocol = \"http/1\"") ==
        "page.toml:2:12: hop.0.protocol: \"http/1\" is unknown; did you mean 'http/1.1'? Write "
        "\"http/1.1\", \"h2\" or \"h3\"");
  CHECK(complaint("[[hop]]\nkeep_alive = \"0s\"") ==
        "page.toml:2:14: hop.0.keep_alive: \"0s\" is out of range; write a duration from 1ns to "
        "87600h, or \"never\"");
  CHECK(
      complaint("run.precision = \"0 %\"") ==
      "page.toml:1:17: run.precision: \"0 %\" is out of range; write a share from \"0.0001 %\" to "
      "\"100 %\", or from 1e-06 to 1 without a unit, or \"none\"");
  CHECK(complaint("[[request]]\narrivals.at = [\"10s\", 12]") ==
        "page.toml:2:23: request.0.arrivals.at: a duration needs a unit: write \"12s\"");
  CHECK(complaint("page.design = [\"polling\"]") ==
        "page.toml:1:15: page.design: a list is not allowed; write " +
            allowed_values(*find_key("page.design")));
}

TEST_CASE("sections of the wrong shape say how to write them") {
  CHECK(complaint("[hop]\nkind = \"node\"") ==
        "page.toml:1:2: hop: write [[hop]], with two brackets on each side; every such line adds "
        "one");
  CHECK(complaint("request = [1]") ==
        "page.toml:1:1: request: write [[request]], with two brackets on each side; every such "
        "line adds one");
  CHECK(complaint("run = 60") ==
        "page.toml:1:7: run: 60 is not allowed; write a table with kind, duration, "
        "warm_up, replications, precision, most_replications and seed");
}

TEST_CASE("kinds of arrivals exclude each other, and each is implied by its own key") {
  CHECK(complaint("[[request]]\narrivals = { rate = \"1/s\", every = \"5s\" }") ==
        "page.toml:2:36: request.0.arrivals: 'rate' means \"poisson\" and 'every' means \"every\"; "
        "keep one of them");
  CHECK(
      complaint("[[request]]\narrivals = { process = \"closed\", at = [\"5s\"] }") ==
      "page.toml:2:39: request.0.arrivals: 'process' means \"closed\" and 'at' means \"at\"; keep "
      "one of them");
  const Scenario scenario = read_scenario(
      "[[request]]\narrivals = { every = \"5s\" }\n"
      "[[request]]\narrivals = { think = \"2s\" }\n"
      "[[request]]\narrivals = { process = \"closed\", think = { distribution = \"exponential\", "
      "mean = \"9s\" } }\n",
      "page.toml");
  using Process = models::Arrivals::Process;
  CHECK(scenario.world.requests[0].arrivals.process == Process::every);
  CHECK(scenario.world.requests[1].arrivals.process == Process::closed);
  CHECK(scenario.world.requests[2].arrivals.process == Process::closed);
}
