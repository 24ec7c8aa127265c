#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "cli/output_file.hpp"
#include "scenarios/results.hpp"

namespace sixslots::cli {

/// A machine-readable view of results, written where its option says.
struct Format {
  Option option;
  std::string (*render)(const scenarios::Results& results);
  /// With --records, where that makes a difference.
  std::string (*render_with_records)(const scenarios::Results& results) = nullptr;
  bool needs_records = true;  ///< of saved results: metrics alone are not enough
};

std::span<const Format> formats();

/// An option for each format, and `--records`.
std::vector<Option> format_options();

/// The files that a command line asks for. They are opened before the simulation starts, so that a
/// path that cannot be written costs no time.
class Outputs {
 public:
  /// Throws a UsageError when a file cannot be written or two formats want standard output.
  explicit Outputs(const Arguments& arguments);

  /// Whether a format takes standard output, which then gets nothing else.
  [[nodiscard]] bool take_standard_output() const { return standard_output_ != nullptr; }
  /// A format that is asked for, or nullptr.
  [[nodiscard]] const Format* first() const {
    return files_.empty() ? standard_output_ : files_.front().format;
  }

  /// Formats that cannot be made of saved results without their records.
  [[nodiscard]] std::vector<std::string_view> needing_records() const;

  void write(const scenarios::Results& results, Console& console);

 private:
  struct Target {
    const Format* format;
    OutputFile file;
  };
  [[nodiscard]] std::string content(const Format& format, const scenarios::Results& results) const;

  bool records_ = false;
  std::vector<Target> files_;
  const Format* standard_output_ = nullptr;
};

}  // namespace sixslots::cli
