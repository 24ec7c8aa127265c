#include "reports/markdown_text.hpp"

#include <fmt/format.h>

#include "reports/text.hpp"

namespace sixslots::reports {

std::string markdown_text(std::string_view raw) {
  std::string text;
  for (const char c : clean(raw)) {
    constexpr std::string_view special = "\\`*_[]<>|#~";
    if (c == '&') {
      text += "&amp;";
    } else if (c == '<') {
      text += "&lt;";
    } else {
      if (special.find(c) != std::string_view::npos) text += '\\';
      text += c;
    }
  }
  return text;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) row += fmt::format(" {} |", cell);
  return row + "\n";
}

}  // namespace sixslots::reports
