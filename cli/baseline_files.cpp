#include "cli/baseline_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/arguments.hpp"
#include "scenarios/error.hpp"
#include "scenarios/text_file.hpp"

namespace sixslots::cli {
namespace {

namespace fs = std::filesystem;

bool is_folder(const std::string& path) {
  std::error_code unknown;
  if (fs::is_directory(path, unknown)) return true;
  return !path.ends_with(".toml") && !fs::exists(path, unknown);
}

}  // namespace

BaselineFiles::BaselineFiles(const std::string& path,
                             const std::vector<std::string>& scenario_files)
    : baselines_(scenario_files.size()) {
  const bool folder = is_folder(path);
  if (!folder && scenario_files.size() > 1) {
    throw UsageError(
        fmt::format("{} is one file; baselines of several scenarios need a folder", path));
  }
  for (const std::string& file : scenario_files) {
    const std::string name = fs::path(file).stem().string() + ".toml";
    paths_.push_back(folder ? (fs::path(path) / name).string() : path);
    if (std::ranges::count(paths_, paths_.back()) > 1) {
      throw UsageError(fmt::format("two scenarios want the same baseline, {}", paths_.back()));
    }
  }
}

void BaselineFiles::read() {
  scenarios::Problems problems;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    std::error_code unknown;
    if (!fs::exists(paths_[i], unknown)) continue;
    problems.collect([&] {
      baselines_[i] = scenarios::parse_baseline(scenarios::read_text_file(paths_[i]), paths_[i]);
    });
  }
  problems.check();
}

void BaselineFiles::require_all() const {
  scenarios::Problems problems;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (baselines_[i]) continue;
    problems.add({paths_[i], 0, 0},
                 "there is no such baseline; the same command with --update-baseline makes it");
  }
  problems.check();
}

void BaselineFiles::open_to_write() {
  for (const std::string& path : paths_) {
    const fs::path folder = fs::path(path).parent_path();
    std::error_code unmade;  // what stands in the way is told when the file is opened
    if (!folder.empty()) fs::create_directories(folder, unmade);
    files_.emplace_back(path);
  }
}

void BaselineFiles::write(std::size_t scenario, const scenarios::Baseline& baseline) {
  files_[scenario].write(to_text(baseline));
}

}  // namespace sixslots::cli
