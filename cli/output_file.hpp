#pragma once

#include <string>
#include <string_view>

namespace sixslots::cli {

/// A file that appears whole or not at all: it is written under a temporary name beside its own and
/// renamed at the end. Opening it tells early that a path cannot be written.
class OutputFile {
 public:
  /// Throws a UsageError that says why, when the file cannot be made.
  explicit OutputFile(std::string path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) = delete;
  ~OutputFile();

  /// Writes the whole content and gives the file its name.
  void write(std::string_view content);
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  [[noreturn]] void complain() const;

  std::string path_;
  std::string target_;     ///< behind symbolic links
  std::string temporary_;  ///< empty: a device or pipe, written in place, or already renamed
  int descriptor_ = -1;
};

}  // namespace sixslots::cli
