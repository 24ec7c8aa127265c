#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/terminal.hpp"

namespace sixslots::reports {

/// Colours, by what they say.
enum class Ink : std::uint8_t { plain, strong, dim, good, bad };

/// A stretch of a line in one colour.
struct Span {
  std::string text;
  Ink ink = Ink::plain;
};

/// Lines for a terminal: none is wider than the style allows, and what the terminal cannot show is
/// replaced.
class Sheet {
 public:
  explicit Sheet(const TerminalStyle& style) : style_(style) {}

  [[nodiscard]] int width() const { return style_.width; }
  void line(const std::vector<Span>& spans);
  void line(std::string_view text, Ink ink = Ink::plain);
  /// Between parts: at the top there is none.
  void blank() {
    if (!text_.empty()) text_ += '\n';
  }

  /// Text broken into lines: the first one starts with `lead`, the others under its end.
  void paragraph(const Span& lead, std::string_view text, Ink ink = Ink::plain);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void print(const Span& span);

  TerminalStyle style_;
  std::string text_;
};

}  // namespace sixslots::reports
