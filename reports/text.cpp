#include "reports/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace sixslots::reports {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// The first character of a text and the bytes it takes; wrong bytes count as one character each.
struct Character {
  char32_t code;
  std::size_t bytes;
};

std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

bool is_valid(char32_t code, std::size_t bytes) {
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  return code >= smallest[bytes] && code <= 0x10FFFF && !surrogate;
}

Character first_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t bytes = sequence_length(first);
  if (bytes == 1) return {first, 1};
  if (bytes == 0 || bytes > text.size()) return {replacement, 1};
  char32_t code = first & (0xFFU >> (bytes + 1));
  for (const char c : text.substr(1, bytes - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80) return {replacement, 1};
    code = (code << 6) | (byte & 0x3FU);
  }
  if (!is_valid(code, bytes)) return {replacement, 1};
  return {code, bytes};
}

struct Range {
  char32_t first;
  char32_t last;
};

bool in(char32_t code, std::span<const Range> ranges) {
  return std::ranges::any_of(ranges,
                             [&](const Range& r) { return code >= r.first && code <= r.last; });
}

// Unicode 15, DerivedGeneralCategory (Mn, Me, Cf) of the scripts in use, and joiners.
constexpr Range zero_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF},   {0x05C1, 0x05C2},
    {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC},   {0x093C, 0x093C},
    {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},   {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200D}, {0x2060, 0x2064},   {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

// Unicode 15, EastAsianWidth (W, F), rounded to blocks, and the emoji.
constexpr Range double_width[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
    {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},
    {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},   {0x26D4, 0x26D4},
    {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},   {0x26FA, 0x26FA},
    {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
    {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},
    {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},
    {0x2B55, 0x2B55},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x18D08}, {0x1B000, 0x1B2FB}, {0x1F004, 0x1F004},
    {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F1E6, 0x1F320},
    {0x1F32D, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7F0}, {0x1F900, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

// Unicode 15, Bidi_Control, and the separators of lines and paragraphs.
constexpr Range reordering[] = {
    {0x061C, 0x061C},
    {0x200E, 0x200F},
    {0x2028, 0x202E},
    {0x2066, 0x2069},
};

int width_of(char32_t code) {
  if (code < 0x300) return 1;
  if (in(code, zero_width) || in(code, reordering)) return 0;
  return in(code, double_width) ? 2 : 1;
}

/// The bytes of the longest beginning that fits.
std::size_t bytes_that_fit(std::string_view text, int width) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const Character c = first_character(text.substr(bytes));
    width -= width_of(c.code);
    if (width < 0) break;
    bytes += c.bytes;
  }
  return bytes;
}

struct StandIn {
  char32_t code;
  char ascii;
};

constexpr StandIn stand_ins[] = {
    {U'█', '#'}, {U'░', '.'}, {U'▶', '>'}, {U'✗', 'x'}, {U'─', '-'},  {U'│', '|'},
    {U'└', '`'}, {U'├', '|'}, {U'┬', '+'}, {U'–', '-'}, {U'…', '~'},  {U'·', '-'},
    {U'→', '>'}, {U'×', 'x'}, {U'“', '"'}, {U'”', '"'}, {U'’', '\''},
};

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

}  // namespace

std::string clean(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = first_character(text.substr(at));
    if (c.code == replacement) {
      result += "\uFFFD";
    } else if (c.code < 0x20 || c.code == 0x7F) {
      result += ' ';
    } else if ((c.code < 0x80 || c.code >= 0xA0) && !in(c.code, reordering)) {
      result += text.substr(at, c.bytes);
    }
    at += c.bytes;
  }
  return result;
}

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = first_character(text.substr(at));
    width += width_of(c.code);
    at += c.bytes;
  }
  return width;
}

std::string shorten(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  if (width <= 0) return {};
  return std::string(text.substr(0, bytes_that_fit(text, width - 1))) + "…";
}

std::string left_aligned(std::string_view text, int width) {
  return std::string(text) + spaces(width - display_width(text));
}

std::string right_aligned(std::string_view text, int width) {
  return spaces(width - display_width(text)) + std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, int width) {
  std::vector<std::string> lines;
  width = std::max(width, 2);  // room for any character
  while (display_width(text) > width) {
    std::size_t end = bytes_that_fit(text, width);
    std::size_t next = end;
    const std::size_t space = text.rfind(' ', end);
    if (space != std::string_view::npos && space > 0) {
      end = space;
      next = space + 1;
    }
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(next);
  }
  lines.emplace_back(text);
  return lines;
}

std::string to_ascii(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = first_character(text.substr(at));
    at += c.bytes;
    const auto* known = std::ranges::find(stand_ins, c.code, &StandIn::code);
    if (known != std::end(stand_ins)) {
      result += known->ascii;
    } else if (c.code < 0x80) {
      result += static_cast<char>(c.code);
    } else if (width_of(c.code) > 0) {
      result += '?';
    }
  }
  return result;
}

std::string joined(const std::vector<std::string>& parts, std::string_view last) {
  std::string result;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) result += i + 1 < parts.size() ? ", " : fmt::format(" {} ", last);
    result += parts[i];
  }
  return result;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace sixslots::reports
