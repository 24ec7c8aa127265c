#include "scenarios/variants.hpp"

#include <algorithm>

#include "scenarios/overrides.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots;
using namespace sixslots::scenarios;

namespace {

std::vector<std::string> labels(std::string_view toml) {
  std::vector<std::string> result;
  for (const Variant& variant : variants(read_scenario(toml, "page.toml"))) {
    result.push_back(variant.label);
  }
  return result;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("without a comparison the only variant is called by its design and protocol") {
  CHECK(labels("page.design = \"polling\"\n[[hop]]\nprotocol = \"h2\"") == Labels{"polling, h2"});
}

TEST_CASE("every combination is a variant, in the order of the file") {
  const Scenario scenario = read_scenario(R"([compare]
"page.design" = ["stream-per-row", "polling"]
"hop.0.protocol" = ["http/1.1", "h2"]
)",
                                          "page.toml");
  const std::vector<Variant> all = variants(scenario);
  REQUIRE(all.size() == 4);
  CHECK(all[0].label == "stream-per-row, http/1.1");
  CHECK(all[1].label == "stream-per-row, h2");
  CHECK(all[3].label == "polling, h2");
  CHECK(all[3].scenario.world.hops[0].protocol == models::Protocol::http2);
  CHECK(all[3].settings[0] == std::pair<std::string, std::string>("page.design", "polling"));
  CHECK(all[3].scenario.compare.empty());
}

TEST_CASE("axes keep the order of the file, not of the alphabet") {
  CHECK(labels("[compare]\n\"page.design\" = [\"polling\"]\n\"browser.profile\" = [\"firefox\"]") ==
        Labels{"polling, firefox"});
}

TEST_CASE("numbers are labelled with what they count") {
  CHECK(labels("[compare]\n\"page.rows\" = [5, 40]\n\"network.rtt\" = [\"0s\"]") ==
        Labels{"rows 5, rtt 0s", "rows 40, rtt 0s"});
  CHECK(labels("[compare]\n\"hop.0.max_concurrent_streams\" = [6, \"none stated\"]") ==
        Labels{"max concurrent streams 6", "max concurrent streams none stated"});
  CHECK(labels("[[hop]]\n[[hop]]\n[compare]\n\"hop.0.protocol\" = [\"h2\"]\n"
               "\"hop.1.protocol\" = [\"h2\"]") == Labels{"hop.0.protocol h2, hop.1.protocol h2"});
}

TEST_CASE("a compared preset leaves in force what was set besides") {
  const std::vector<Variant> all = variants(read_scenario(
      "browser.connections_per_origin = 4\ncompare.\"browser.profile\" = [\"chrome\", \"firefox\"]",
      "page.toml"));
  REQUIRE(all.size() == 2);
  CHECK(all[1].scenario.world.browser.name == "firefox");
  CHECK(all[1].scenario.world.browser.connections_per_origin == 4);
}

TEST_CASE("a steady run leaves out a tenth, or what it is told to: nothing as well") {
  const auto left_out = [](const std::string& more) {
    const std::string steady = "[run]\nkind = \"steady\"\nduration = \"300s\"\n";
    return variants(read_scenario(steady + more, "page.toml"))[0].scenario.run.left_out();
  };
  CHECK(left_out("") == std::chrono::seconds(30));
  CHECK(left_out("warm_up = \"automatic\"") == std::chrono::seconds(30));
  CHECK(left_out("warm_up = \"0s\"") == std::chrono::seconds(0));
}

TEST_CASE("compared keys may be written without quotes") {
  CHECK(labels("[compare]\npage.rows = [5, 6]\nhop.0.protocol = [\"h2\"]") ==
        Labels{"rows 5, h2", "rows 6, h2"});
}

TEST_CASE("a wrong key or value of a comparison is told where it stands") {
  CHECK(complaint("[compare]\n\"page.rows\" = [5, \"many\", 5]\n\"page.desing\" = [\"polling\"]\n"
                  "\"page.design\" = \"polling\"\n\"request.click.service\" = [\"1s\"]\n"
                  "\"run.warm_up\" = []") ==
        "page.toml:2:19: page.rows: \"many\" is not allowed; write a whole number from 0 to "
        "100000\n"
        "page.toml:2:27: page.rows: 5 is listed twice\n"
        "page.toml:3:1: unknown key 'page.desing'; did you mean 'page.design'? [page] has rows, "
        "design, updates, poll_interval, long_poll_timeout, heartbeat, stream_retry, retry_spread, "
        "socket_backoff, "
        "socket_backoff_most, socket_backoff_spread, stream_ends_after and document_size\n"
        "page.toml:4:17: page.design: a comparison needs a list of values, as in \"page.design\" = "
        "[\"stream-per-row\", \"polling\"]\n"
        "page.toml:5:1: request.click.service: no request is named 'click'; the scenario has none\n"
        "page.toml:6:17: run.warm_up: a comparison needs a list of values, as in \"page.design\" = "
        "[\"stream-per-row\", \"polling\"]");
  CHECK(complaint("compare = [1]") ==
        "page.toml:1:11: compare: write [compare], and below it lines such as \"page.design\" = "
        "[\"stream-per-row\", \"polling\"]");
}

TEST_CASE("a key compared under two names is compared twice") {
  CHECK(complaint("[[request]]\nname = \"click\"\n[compare]\n\"request.0.service\" = [\"1s\"]\n"
                  "\"request.click.service\" = [\"2s\"]") ==
        "page.toml:5:1: request.0.service: this key is compared twice");
}

TEST_CASE("more than ten thousand variants are refused before they are made") {
  Scenario scenario = default_scenario();
  apply_variation(scenario, "page.rows=1:100");
  apply_variation(scenario, "browser.tabs=1:100");
  CHECK(variants(scenario).size() == 10'000);
  CHECK(complaint_of([&] { apply_variation(scenario, "page.design=polling,websocket"); }) ==
        "--vary: [compare] asks for more than 10000 variants");
}

TEST_CASE("values that do not go together are told once, with the variant") {
  CHECK(
      complaint("[[hop]]\ntls = \"none\"\n[compare]\n\"hop.0.protocol\" = [\"http/1.1\", \"h2\"]\n"
                "\"page.rows\" = [1, 2]") ==
      "page.toml:2:7: variant \"h2, rows 1\": hop.0.tls is \"none\", but browsers speak HTTP/2 "
      "only over TLS: set hop.0.tls to \"1.3\", or hop.0.protocol to \"http/1.1\"");
}
