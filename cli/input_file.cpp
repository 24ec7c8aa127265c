#include "cli/input_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenarios/error.hpp"

namespace sixslots::cli {

std::string whole_file(const std::string& path) {
  const auto complain = [&](const char* why) {
    throw scenarios::Error({path, 0, 0}, fmt::format("cannot be read: {}", why));
  };
  // A stream opens a folder, and throws something of its own when it reads.
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown)) complain(std::strerror(EISDIR));
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) complain(std::strerror(errno));
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) complain(std::strerror(errno));
  return text;
}

}  // namespace sixslots::cli
