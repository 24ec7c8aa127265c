#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sixslots::cli {

/// A file of lines that grows while the program runs, so that an interrupted one can go on. A line
/// that was cut off in the middle is removed when the file is opened. A device or pipe is written
/// and never read.
class StreamFile {
 public:
  /// Throws a UsageError when the file cannot be opened or made.
  explicit StreamFile(std::string path);
  StreamFile(const StreamFile&) = delete;
  StreamFile& operator=(const StreamFile&) = delete;
  ~StreamFile();

  /// The whole lines that were there.
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
  /// Writes a line and its end at once.
  void append(std::string_view line);
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  [[noreturn]] void complain() const;

  std::string path_;
  std::vector<std::string> lines_;
  int descriptor_ = -1;
};

/// The lines of a file; throws a UsageError when it cannot be read.
std::vector<std::string> lines_of(const std::string& path);

}  // namespace sixslots::cli
