#include "scenarios/named_paths.hpp"

#include "scenarios/experiment.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/variants.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

namespace sixslots::scenarios {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view own_hops = R"([[hop]]
kind = "nginx"
[[hop]]
kind = "node"
service = "7ms"
)";

constexpr std::string_view ours = R"(path = "ours"
[[named_path]]
name = "ours"
network = "lan"
rtt = "3ms"
[[named_path.hop]]
kind = "haproxy"
protocol = "h2"
[[named_path.hop]]
kind = "puma"
workers = 9
)";

Scenario read(std::string_view text) { return read_scenario(text, "page.toml"); }

std::vector<std::string_view> kinds(const Scenario& scenario) {
  std::vector<std::string_view> kinds;
  for (const models::HopSpec& hop : scenario.world.hops) kinds.push_back(hop.kind);
  return kinds;
}

using Kinds = std::vector<std::string_view>;

}  // namespace

TEST_CASE("every known path has hops that can be simulated, and a name that path takes") {
  CHECK(known_paths().size() >= 6);
  for (const NamedPath& path : known_paths()) {
    INFO(path.name);
    const Scenario scenario = read("path = \"" + path.name + "\"\n");
    REQUIRE(scenario.world.hops.size() == path.hops.size());
    CHECK(!path.summary.empty());
    CHECK(variants(scenario).size() == 1);
  }
}

TEST_CASE("a path brings its hops and its network") {
  const Scenario scenario = read("path = \"local-dev\"\n");
  CHECK(kinds(scenario) == Kinds{"vite"});
  CHECK(scenario.world.network.name == "localhost");
  CHECK(read("path = \"php-fpm\"\n").world.network.name == default_scenario().world.network.name);
}

TEST_CASE("a scenario can name a path of its own, with every key of a hop") {
  const Scenario scenario = read(ours);
  CHECK(kinds(scenario) == Kinds{"haproxy", "puma"});
  CHECK(scenario.world.hops[0].protocol == models::Protocol::http2);
  CHECK(scenario.world.hops[1].workers == 9);
  CHECK(scenario.world.network.name == "lan");
  CHECK(scenario.world.network.rtt == milliseconds(3));
}

TEST_CASE("keys of the path in use can be set, its own and those of its hops") {
  Scenario scenario = read(ours);
  apply_settings(scenario, std::vector<std::string>{"hop.0.max_concurrent_streams=7",
                                                    "named_path.0.hop.1.workers=3"});
  CHECK(scenario.world.hops[0].max_concurrent_streams == 7);
  CHECK(scenario.world.hops[1].workers == 3);
}

TEST_CASE("what the scenario says of its network stays said on every path") {
  const Scenario scenario = read("path = \"local-dev\"\n[network]\nrtt = \"80ms\"\n");
  CHECK(scenario.world.network.name == "localhost");
  CHECK(scenario.world.network.rtt == milliseconds(80));
}

TEST_CASE("the app keeps its service time on a path that states none") {
  Scenario scenario = read(own_hops);
  apply_setting(scenario, "path=cdn-h2");
  CHECK(scenario.world.hops.back().service.mean() ==
        sim::Distribution::constant(milliseconds(7)).mean());
  CHECK(kinds(scenario) == Kinds{"cloudflare", "nginx", "node"});
}

TEST_CASE("with \"own\" the scenario's hops come back, and what was set of them") {
  Scenario scenario = read(own_hops);
  apply_setting(scenario, "path=cdn-h2");
  apply_setting(scenario, "path=own");
  CHECK(kinds(scenario) == Kinds{"nginx", "node"});
  CHECK(scenario.world.hops[1].service.mean() ==
        sim::Distribution::constant(milliseconds(7)).mean());
  apply_setting(scenario, "hop.1.kind=go");
  CHECK(scenario.world.hops[1].service.mean() ==
        sim::Distribution::constant(milliseconds(7)).mean());
}

TEST_CASE("paths are compared by name, in whatever order the keys stand") {
  Scenario scenario = read(std::string(own_hops) +
                           "[compare]\n\"hop.1.workers\" = [2, 3]\n"
                           "\"path\" = [\"own\", \"php-fpm\"]\n");
  const std::vector<Variant> all = variants(scenario);
  REQUIRE(all.size() == 4);
  CHECK(all[0].label == "workers 2, own");
  CHECK(all[1].label == "workers 2, php-fpm");
  CHECK(kinds(all[0].scenario) == Kinds{"nginx", "node"});
  CHECK(kinds(all[3].scenario) == Kinds{"nginx", "php-fpm"});
  CHECK(all[3].scenario.world.hops[1].workers == 3);
}

TEST_CASE("settings take the path first, whatever stands before it") {
  Scenario scenario = read(own_hops);
  apply_settings(scenario, std::vector<std::string>{"hop.2.workers=4", "path=cdn-h2"});
  REQUIRE(scenario.world.hops.size() == 3);
  CHECK(scenario.world.hops[2].workers == 4);
}

TEST_CASE("a metric of a hop that only some paths have is expected of those, and fails on others") {
  Scenario scenario = read(
      "[run]\nduration = \"5s\"\nreplications = 1\n"
      "[compare]\n\"path\" = [\"local-dev\", \"cdn-h2\"]\n"
      "[expect]\n\"hop.2.connections.peak\" = { cdn-h2 = \">= 1\", local-dev = \"== 0\" }\n");
  const Results results = run_experiment(scenario);
  CHECK(results.variants[1].verdicts.at(0).holds);
  CHECK(!results.variants[0].verdicts.at(0).holds);
  CHECK(results.variants[0].verdicts.at(0).measured.kind == MetricValue::Kind::none);
}

TEST_CASE("wrong paths are told with what is allowed") {
  CHECK(complaint("path = \"cdn-h3\"\n") ==
        "page.toml:1:8: path: \"cdn-h3\" is unknown; did you mean 'cdn-h2'? Write one of own, "
        "local-dev, staging-http1, php-fpm, load-balancer, cdn-h2, corporate-proxy and "
        "h2-everywhere");
  CHECK(complaint("path = \"cdn-h2\"\n[[hop]]\nkind = \"node\"\n") ==
        "page.toml:1:8: path: \"cdn-h2\" has hops of its own; remove [[hop]] here, or make it a "
        "[[named_path]] with [[named_path.hop]]");
  CHECK(complaint("[[named_path]]\nname = \"cdn-h2\"\n[[named_path.hop]]\nkind = \"node\"\n") ==
        "page.toml:2:8: named_path.0.name: there is a path \"cdn-h2\" already");
  CHECK(complaint("[[named_path]]\nname = \"empty\"\n") ==
        "page.toml:2:8: named_path.0.name: \"empty\" has no hop; add [[named_path.hop]]");
  Scenario scenario = read(ours);
  CHECK(complaint_of([&] { apply_setting(scenario, "named_path.0.hop.2.workers=3"); }) ==
        "--set: named_path.0.hop.2.workers: there is no hop 2 in named_path.0; it has 2, counted "
        "from 0");
}

}  // namespace sixslots::scenarios
