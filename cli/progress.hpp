#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string_view>

#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "scenarios/experiment.hpp"

namespace sixslots::cli {

/// How a wait is shown.
enum class ProgressKind : std::uint8_t {
  line,   ///< one line of a terminal, redrawn at most ten times a second and erased at the end
  lines,  ///< in a log: nothing at first, then a line for every tenth
  none,
};

/// Tells on standard error how far a simulation is.
class ProgressLine {
 public:
  using Clock = std::chrono::steady_clock;

  ProgressLine(std::ostream& err, ProgressKind kind, int columns,
               Clock::time_point (*now)() = Clock::now);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  void show(double done, int total, std::string_view variant);

 private:
  void redraw(double done, int total, std::string_view variant);
  void append(double done, int total);

  std::ostream& err_;
  ProgressKind kind_;
  std::size_t columns_;
  Clock::time_point (*now_)();
  Clock::time_point start_;
  Clock::time_point drawn_{};
  int tenths_ = 0;
  bool visible_ = false;
};

/// `--quiet`, for every command that simulates.
Option quiet_option();

/// How this command's wait is shown: `--quiet`, and what the surroundings can do.
ProgressKind progress_kind(const Arguments& arguments, const Surroundings& around);

/// What an experiment tells its progress: it is shown, and Ctrl-C ends the experiment there.
scenarios::Progress shown_on(ProgressLine& line);

}  // namespace sixslots::cli
