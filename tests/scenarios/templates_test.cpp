#include <filesystem>

#include "scenarios/experiment.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::scenarios {
namespace {

TEST_CASE("the templates hold what they expect") {
  std::size_t templates = 0;
  for (const auto& entry : std::filesystem::directory_iterator("scenarios/templates")) {
    const std::string file = entry.path().string();
    Scenario scenario = read_scenario(cli::content_of(file), file);
    INFO(file);
    CHECK_FALSE(scenario.expect.empty());
    CHECK(run_experiment(scenario).no_expectation_fails());
    ++templates;
  }
  CHECK(templates > 0);
}

}  // namespace
}  // namespace sixslots::scenarios
