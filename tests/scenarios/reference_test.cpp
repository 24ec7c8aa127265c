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

TEST_CASE("the sections that ask of the others can be explained") {
  CHECK(explain("compare") ==
        "compare\n"
        "          Each line lists values of a key. Every combination of them is a\n"
        "          variant, and all variants meet the same random numbers, so that they\n"
        "          differ by what was compared alone. At most 10,000 variants.\n"
        "example\n"
        "[compare]\n"
        "\"page.design\"    = [\"stream-per-row\", \"single-stream\"]\n"
        "\"hop.0.protocol\" = [\"http/1.1\", \"h2\"]\n");
  CHECK(
      explain("expect").starts_with("expect\n          Each line is a metric and what must hold"));
}

TEST_CASE("a misspelt key gets its nearest in any section, and in two places") {
  const auto suggested = [](std::string_view subject) {
    const std::string complaint = complaint_of([&] { explain(subject); });
    const std::size_t begin = complaint.find("did you mean '") + 14;
    return complaint.substr(begin, complaint.find('\'', begin) - begin);
  };
  CHECK(suggested("pag.rowz") == "page.rows");
  CHECK(suggested("durtion") == "run.duration");
  CHECK(suggested("reqest.click.arrivals.rat") == "request.click.arrivals.rate");
  CHECK(suggested("hop.0.protocl") == "hop.0.protocol");
  CHECK(suggested("requests.rat") == "requests.rate");
  CHECK(suggested("expct") == "expect");
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
