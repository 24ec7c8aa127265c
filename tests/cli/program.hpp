#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cli/program.hpp"

namespace sixslots::cli {

/// What one run of the program left.
struct Ran {
  ExitStatus status;
  std::string out;
  std::string err;
};

/// Runs the program as a shell would with its streams in pipes.
Ran sixslots(const std::vector<std::string>& words, const std::string& input = "");
Ran sixslots(const std::vector<std::string>& words, const Surroundings& around,
             const std::string& input = "");

/// A folder that is gone at the end of the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }
  /// Writes a file and returns its path.
  [[nodiscard]] std::string file(std::string_view name, std::string_view content) const;
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::filesystem::path folder_;
};

std::string content_of(const std::string& path);

/// A scenario that takes no time to speak of, with the last lines given.
std::string small_scenario(std::string_view end = "");

}  // namespace sixslots::cli
