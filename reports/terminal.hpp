#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// What the terminal can show.
struct TerminalStyle {
  int width = 80;       ///< columns; no line is longer
  bool unicode = true;  ///< false: nothing but ASCII
  bool color = false;   ///< ANSI colours; they never say anything that the text does not
};

/// The answer to read: verdict, table of variants, findings, waterfalls, expectations.
std::string terminal_report(const scenarios::Results& results, const TerminalStyle& style);

}  // namespace sixslots::reports
