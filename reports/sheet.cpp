#include "reports/sheet.hpp"

#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

/// ECMA-48 Select Graphic Rendition.
std::string_view escape(Ink ink) {
  switch (ink) {
    case Ink::strong:
      return "\x1b[1m";
    case Ink::dim:
      return "\x1b[2m";
    case Ink::good:
      return "\x1b[32m";
    case Ink::bad:
      return "\x1b[31m";
    case Ink::plain:
      break;
  }
  return "";
}

constexpr std::string_view end_of_ink = "\x1b[0m";

}  // namespace

void Sheet::print(const Span& span) {
  const bool inked = style_.color && span.ink != Ink::plain && !span.text.empty();
  if (inked) text_ += escape(span.ink);
  text_ += style_.unicode ? span.text : to_ascii(span.text);
  if (inked) text_ += end_of_ink;
}

void Sheet::line(const std::vector<Span>& spans) {
  int room = style_.width;
  for (const Span& span : spans) {
    if (room <= 0) break;
    const Span fitting{shorten(span.text, room), span.ink};
    room -= display_width(fitting.text);
    print(fitting);
  }
  if (!style_.color) text_.resize(text_.find_last_not_of(' ') + 1);
  text_ += '\n';
}

void Sheet::line(std::string_view text, Ink ink) { line({{std::string(text), ink}}); }

void Sheet::paragraph(const Span& lead, std::string_view text, Ink ink) {
  const int indent = display_width(lead.text);
  bool first = true;
  for (const std::string& part : wrapped(text, style_.width - indent)) {
    line({first ? lead : Span{left_aligned("", indent)}, {part, ink}});
    first = false;
  }
}

}  // namespace sixslots::reports
