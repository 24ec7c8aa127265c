#include "tests/cli/program.hpp"

#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace sixslots::cli {

Ran sixslots(const std::vector<std::string>& words, const Surroundings& around,
             const std::string& input) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const ExitStatus status = run_program(words, {in, out, err, around});
  return {status, out.str(), err.str()};
}

Ran sixslots(const std::vector<std::string>& words, const std::string& input) {
  return sixslots(words, Surroundings{}, input);
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "sixslots-test-XXXXXX").string();
  folder_ = mkdtemp(name.data());
}

TemporaryFolder::~TemporaryFolder() { std::filesystem::remove_all(folder_); }

std::string TemporaryFolder::file(std::string_view name, std::string_view content) const {
  std::ofstream(path(name)) << content;
  return path(name);
}

std::vector<std::string> TemporaryFolder::names() const {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    found.push_back(entry.path().filename().string());
  }
  std::ranges::sort(found);
  return found;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string small_scenario(std::string_view end) {
  return R"(title = "Two rows"
[run]
duration = "5s"
replications = 1
[page]
rows = 2
design = "stream-per-row"
[[request]]
name = "click"
arrivals = { at = ["1s", "2s"] }
)" + std::string(end);
}

}  // namespace sixslots::cli
