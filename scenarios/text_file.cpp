#include "scenarios/text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "scenarios/error.hpp"

namespace sixslots::scenarios {

std::string read_text_file(const std::string& path) {
  const auto complain = [&](const char* why) {
    throw Error({path, 0, 0}, fmt::format("cannot be read: {}", why));
  };
  namespace fs = std::filesystem;
  std::error_code unknown;  // what cannot be looked at cannot be opened either, which is told
  const fs::file_status status = fs::status(path, unknown);
  // A stream opens a folder, and throws something of its own when it reads.
  if (fs::is_directory(status)) complain(std::strerror(EISDIR));
  if (fs::is_character_file(status) || fs::is_block_file(status)) {
    complain("it is a device; a file or a pipe is needed");
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) complain(std::strerror(errno));
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) complain(std::strerror(errno));
  return text;
}

}  // namespace sixslots::scenarios
