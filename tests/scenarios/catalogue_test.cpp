#include <filesystem>

#include "scenarios/variants.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots::scenarios;

namespace {

std::vector<std::string> catalogue() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("scenarios")) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path().string());
  }
  return paths;
}

}  // namespace

TEST_CASE("every scenario of the catalogue can be read, has a title and expects something") {
  REQUIRE_FALSE(catalogue().empty());
  for (const std::string& path : catalogue()) {
    INFO(path);
    Scenario scenario;
    CHECK(complaint_of([&] { scenario = read_scenario_file(path); }) == "nothing");
    CHECK_FALSE(scenario.title.empty());
    CHECK_FALSE(scenario.expect.empty());
  }
}

TEST_CASE("the first lesson compares four designs over two protocols") {
  const Scenario scenario = read_scenario_file("scenarios/course/01-the-button-that-hangs.toml");
  const std::vector<Variant> all = variants(scenario);
  REQUIRE(all.size() == 8);
  CHECK(all[0].label == "stream-per-row, http/1.1");
  for (const Variant& variant : all) CHECK(expectations_for(variant).size() == 3);
}
