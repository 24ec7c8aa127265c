#include "scenarios/reference.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "scenarios/explain.hpp"
#include "scenarios/json_schema.hpp"
#include "scenarios/keys.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots::scenarios;

namespace {

constexpr const char* page = "docs/scenario-reference.md";

std::string contents(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

// SIXSLOTS_UPDATE=1 unit_tests "the reference page is up to date" writes the page.
TEST_CASE("the reference page is up to date") {
  if (std::getenv("SIXSLOTS_UPDATE") != nullptr) {
    std::ofstream(page, std::ios::binary) << reference_markdown();
  }
  CHECK(contents(page) == reference_markdown());
}

TEST_CASE("every key can be explained, by its pattern or by a place in a scenario") {
  for (const Key& key : keys()) {
    INFO(key.path);
    const std::string text = explain(key.path);
    CHECK(text.rfind(std::string(key.path) + "\n", 0) == 0);
    CHECK(text.find("default   ") != std::string::npos);
  }
  CHECK(explain("hop.1.protocol") == explain("hop.N.protocol"));
}

TEST_CASE("an explanation says what a key takes, its default and how to write it") {
  CHECK(explain("page.rows") ==
        "page.rows\n"
        "          Visible entities that want updates, in each tab.\n"
        "takes     a whole number from 0 to 100000\n"
        "default   20\n"
        "example   [page] rows = 20\n");
}

TEST_CASE("sections and metrics can be explained") {
  CHECK(explain("page.updates") ==
        "page.updates.rate\n"
        "          How often a row changes at the server, on average; changes come at\n"
        "          random.\n"
        "page.updates.size\n"
        "          Bytes of one update on the wire.\n");
  CHECK(explain("hop") == explain("hop.N"));
  CHECK(explain("click.starved") ==
        "FLOW.starved\n"
        "          Requests that were never sent before the run ended, though there was\n"
        "          time to connect; in all replications together.\n");
}

TEST_CASE("what cannot be explained is told the nearest key") {
  CHECK(complaint_of([] { explain("page.row"); }) ==
        "explain: unknown key 'page.row'; did you mean 'page.rows'? [page] has rows, design, "
        "updates, poll_interval, long_poll_timeout, heartbeat, stream_retry, retry_spread, "
        "socket_backoff, "
        "socket_backoff_most, socket_backoff_spread, stream_ends_after and document_size");
}

TEST_CASE("the JSON schema has every key with its type") {
  const nlohmann::json schema = nlohmann::json::parse(json_schema());
  const nlohmann::json& sections = schema.at("properties");
  CHECK(sections.at("title").at("type") == "string");
  CHECK(sections.at("page").at("properties").at("rows").at("maximum") == 100'000);
  CHECK(sections.at("page").at("properties").at("updates").at("properties").contains("rate"));
  CHECK(sections.at("page").at("additionalProperties") == false);
  const nlohmann::json& hop = sections.at("hop").at("items").at("properties");
  CHECK(hop.at("protocol").at("enum") == nlohmann::json({"http/1.1", "h2", "h3"}));
  CHECK(hop.at("workers").at("anyOf").at(1).at("const") == "unlimited");
  CHECK(hop.at("service").at("$ref") == "#/definitions/distribution");
  CHECK(schema.at("definitions").at("distribution").at("anyOf").size() == 11);
  const nlohmann::json& loss = sections.at("network").at("properties").at("loss").at("anyOf");
  CHECK(loss.at(0).at("pattern") == "^[0-9]+(\\.[0-9]+)?( ?%)?$");
  CHECK(loss.at(1).at("maximum") == 0.5);
  CHECK(sections.contains("compare"));
  CHECK(sections.contains("expect"));
}
