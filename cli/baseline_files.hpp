#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/output_file.hpp"
#include "scenarios/baseline.hpp"

namespace sixslots::cli {

/// Where the baselines of scenarios are: one file, or a folder that has one for each scenario,
/// under the scenario's own name.
class BaselineFiles {
 public:
  /// The files for these scenarios' files. A path that is a folder, or none yet and does not end
  /// with .toml, is taken for a folder. Throws a UsageError where two scenarios want the same file.
  BaselineFiles(const std::string& path, const std::vector<std::string>& scenario_files);

  [[nodiscard]] const std::string& path(std::size_t scenario) const { return paths_[scenario]; }

  /// Reads all that are there; a file that cannot be used is an Error.
  void read();
  /// Throws an Error about those that were not there.
  void require_all() const;
  [[nodiscard]] const std::optional<scenarios::Baseline>& baseline(std::size_t scenario) const {
    return baselines_[scenario];
  }

  /// Opens all files to be written, and makes the folder where there is none.
  void open_to_write();
  void write(std::size_t scenario, const scenarios::Baseline& baseline);

 private:
  std::vector<std::string> paths_;
  std::vector<std::optional<scenarios::Baseline>> baselines_;
  std::vector<OutputFile> files_;
};

}  // namespace sixslots::cli
