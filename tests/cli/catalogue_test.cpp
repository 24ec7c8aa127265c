#include "cli/catalogue.hpp"

#include "models/design.hpp"
#include "models/hop.hpp"
#include "models/network.hpp"
#include "models/profile.hpp"
#include "scenarios/keys.hpp"
#include "scenarios/metrics.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::cli {
namespace {

bool lists(const std::string& what, std::string_view name) {
  return sixslots({"list", what}).out.find("  " + std::string(name)) != std::string::npos;
}

TEST_CASE("every row of the tables is listed", "[cli]") {
  for (const auto& design : models::designs()) CHECK(lists("designs", design.name));
  for (const auto& browser : models::browser_profiles()) CHECK(lists("browsers", browser.name));
  for (const auto& server : models::servers()) CHECK(lists("servers", server.kind));
  for (const auto& network : models::networks()) CHECK(lists("networks", network.name));
  for (const auto& metric : scenarios::metric_patterns()) CHECK(lists("metrics", metric.name));
}

TEST_CASE("the scenarios that come along can be read and have titles", "[cli]") {
  const std::vector<std::filesystem::path> files = catalogue();
  REQUIRE_FALSE(files.empty());
  for (const std::filesystem::path& file : files) {
    const scenarios::Scenario scenario = scenarios::read_scenario_file(file.string());
    CHECK_FALSE(scenario.title.empty());
    CHECK(lists("scenarios", shown(file)));
  }
}

TEST_CASE("a list without a name says which lists there are", "[cli]") {
  const Ran ran = sixslots({"list"});
  CHECK(ran.status == ExitStatus::fine);
  CHECK(ran.out.find("sixslots list designs") != std::string::npos);
}

TEST_CASE("every key can be explained, and a misspelled one is suggested", "[cli]") {
  for (const scenarios::Key& key : scenarios::keys()) {
    const Ran ran = sixslots({"explain", std::string(key.path)});
    CHECK(ran.status == ExitStatus::fine);
    CHECK_FALSE(ran.out.empty());
  }
  const Ran wrong = sixslots({"explain", "page.rwos"});
  CHECK(wrong.status == ExitStatus::bad_input);
  CHECK(wrong.err.find("page.rows") != std::string::npos);
}

TEST_CASE("init prints or writes a scenario that runs, and replaces nothing unasked", "[cli]") {
  const TemporaryFolder folder;
  const std::string path = folder.path("mine.toml");
  const std::string printed = sixslots({"init"}).out;
  const Ran written = sixslots({"init", path});
  CHECK(written.status == ExitStatus::fine);
  CHECK(written.out.empty());
  CHECK(written.err == "Wrote " + path + ". Now: sixslots run " + path + "\n");
  CHECK(content_of(path) == printed);
  CHECK_NOTHROW(scenarios::read_scenario_file(path));

  const std::string other = folder.file("other.toml", "mine");
  const Ran refused = sixslots({"init", other});
  CHECK(refused.status == ExitStatus::bad_input);
  CHECK(refused.err ==
        "sixslots: " + other + " exists already; --force replaces it (see sixslots help init)\n");
  CHECK(content_of(other) == "mine");
  CHECK(sixslots({"init", other, "--force"}).status == ExitStatus::fine);
  CHECK(content_of(other) == printed);
}

}  // namespace
}  // namespace sixslots::cli
