#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::cli {
namespace {

/// A file in tests/golden and the command that prints it.
struct Golden {
  std::string file;
  std::vector<std::string> words;
};

TEST_CASE("reports are what they were", "[golden]") {
  const std::string lesson = "scenarios/course/01-the-button-that-hangs.toml";
  const std::vector<Golden> all = {
      {"tests/golden/01.txt", {"run", lesson}},
      {"tests/golden/01-narrow-ascii.txt", {"run", lesson, "--ascii", "--width", "60"}},
  };
  for (const Golden& golden : all) {
    std::string command = "sixslots";
    for (const std::string& word : golden.words) command += " " + word;
    INFO("if the change is meant: " << command << " > " << golden.file);
    CHECK(sixslots(golden.words).out == content_of(golden.file));
  }
}

}  // namespace
}  // namespace sixslots::cli
