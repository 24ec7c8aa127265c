#include "cli/catalogue.hpp"

#include <algorithm>
#include <array>

namespace sixslots::cli {
namespace {

namespace fs = std::filesystem;

fs::path program_folder() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path();
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator i(folder, error), end; i != end; i.increment(error)) {
    if (error) break;
    if (i->is_regular_file(error) && i->path().extension() == ".toml") files.push_back(i->path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::vector<fs::path> catalogue() {
  const std::array folders = {
      (program_folder() / SIXSLOTS_SHARE_FROM_PROGRAM / "scenarios").lexically_normal(),
      fs::path(SIXSLOTS_CHECKOUT) / "scenarios",
  };
  for (const fs::path& folder : folders) {
    if (std::vector<fs::path> files = files_below(folder); !files.empty()) return files;
  }
  return {};
}

std::string shown(const fs::path& file) {
  std::error_code error;
  const fs::path relative = fs::relative(file, fs::current_path(error), error);
  const bool below = !error && !relative.empty() && *relative.begin() != "..";
  return below ? relative.string() : file.string();
}

}  // namespace sixslots::cli
