#include "cli/stream_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "cli/arguments.hpp"
#include "cli/output_file.hpp"
#include "scenarios/text_file.hpp"

namespace sixslots::cli {
namespace {

/// Whole lines, and where the last one ends.
std::size_t split(std::string_view text, std::vector<std::string>& lines) {
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos;
       end = text.find('\n', begin)) {
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return begin;
}

}  // namespace

void StreamFile::complain() const {
  throw UsageError(fmt::format("{} cannot be written: {}", path_, std::strerror(errno)));
}

StreamFile::StreamFile(std::string path) : path_(std::move(path)) {
  descriptor_ = open_in_place(path_);
  if (descriptor_ >= 0) return;
  descriptor_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) complain();
  std::string text;
  std::array<char, 65536> buffer{};
  for (ssize_t count = 0; (count = read(descriptor_, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  const auto whole = static_cast<off_t>(split(text, lines_));
  if (static_cast<std::size_t>(whole) == text.size()) return;
  if (ftruncate(descriptor_, whole) != 0 || lseek(descriptor_, whole, SEEK_SET) < 0) complain();
}

StreamFile::~StreamFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

void StreamFile::append(std::string_view line) {
  const std::string whole = std::string(line) + "\n";
  std::string_view rest = whole;
  while (!rest.empty()) {
    const ssize_t count = write(descriptor_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) complain();
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  split(scenarios::read_text_file(path), lines);
  return lines;
}

}  // namespace sixslots::cli
