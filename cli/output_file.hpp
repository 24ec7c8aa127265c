#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "cli/arguments.hpp"

namespace sixslots::cli {

/// Opens what is no regular file, such as a device or a pipe, or one that the program has open
/// already, such as /dev/stdout: these are written in place. -1: it is none of them. Throws a
/// UsageError when it cannot be opened.
int open_in_place(const std::string& path);

/// Whether open_in_place() would open it.
bool is_written_in_place(const std::string& path);

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

/// Throws a UsageError where two of these options want standard output or the same file, or one
/// wants a file that is read.
void refuse_clashes(const Arguments& arguments, std::span<const std::string_view> options);

/// Where `--json FILE` and its like go: nowhere, to a file, or for `-` to standard output in place
/// of the report.
class Output {
 public:
  /// Opens the file, as OutputFile does.
  explicit Output(const std::optional<std::string>& name);

  /// Makes the text only where it goes somewhere.
  void write(const std::function<std::string()>& text, std::ostream& out);
  [[nodiscard]] bool takes_standard_output() const { return printed_; }

 private:
  bool printed_;
  std::optional<OutputFile> file_;
};

}  // namespace sixslots::cli
