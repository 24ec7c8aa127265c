#include "scenarios/starting_scenario.hpp"

#include "scenarios/key_paths.hpp"
#include "scenarios/key_values.hpp"
#include "scenarios/variants.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots::scenarios;

namespace {

/// The defaults, with the click that the starting scenario adds to them.
Scenario expected() {
  Scenario scenario = default_scenario();
  scenario.title = "Twenty panes that show live data, and a button";
  scenario.world.requests.push_back(default_request(0));
  scenario.world.requests[0].name = "click";
  scenario.world.requests[0].method = "POST";
  scenario.world.requests[0].by_user = true;
  return scenario;
}

/// Scripts stand instead of the design that the starting scenario shows, named paths instead of its
/// hops.
bool belongs_to_it(const Key& key) {
  if (key.path == "path" || key.path.starts_with("named_path.")) return false;
  const std::string_view path = key.path;
  return !path.starts_with("tab.") && !path.starts_with("event.") &&
         !path.starts_with("fleet.browser.");
}

void check_same(const Scenario& a, const Scenario& b) {
  for (const Key& key : keys()) {
    if (!belongs_to_it(key)) continue;
    INFO(key.path);
    CHECK(print_value(key, a, 0) == print_value(key, b, 0));
  }
}

/// The text with the keys behind a '#' set, up to the line of a certain section.
std::string uncommented(std::string text, const std::string& end) {
  for (std::size_t at = 0; (at = text.find("\n#", at)) < text.find(end); ++at) {
    if (text[at + 2] != ' ') text.erase(at + 1, 1);
  }
  return text;
}

}  // namespace

TEST_CASE("the starting scenario can be read and has the defaults") {
  const Scenario scenario = read_scenario(starting_scenario(), "start.toml");
  check_same(scenario, expected());
  CHECK(variants(scenario).size() == 2);
}

TEST_CASE("the keys that the starting scenario comments out have the defaults too") {
  const std::string text = uncommented(starting_scenario(), "\n[[request]]");
  CHECK(text.find("\nconnections_per_origin = 6\n") != std::string::npos);
  const Scenario scenario = read_scenario(text, "start.toml");
  check_same(scenario, expected());
}

TEST_CASE("the starting scenario shows every key") {
  const std::string text = starting_scenario();
  for (const Key& key : keys()) {
    if (!belongs_to_it(key)) continue;
    INFO(key.path);
    CHECK(text.find("# " + std::string(key.meaning) + "\n") != std::string::npos);
  }
}
