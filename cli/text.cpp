#include "cli/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sixslots::cli {
namespace {

constexpr std::size_t widest_name = 34;  // a longer one has its meaning on the next line

/// Columns of a UTF-8 text: bytes that do not continue a character.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string lines;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    if (column > indent && column + 1 + columns(word) >= width) {
      lines += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += columns(word);
  }
  return lines;
}

std::string to_text(const Glossary& glossary, std::size_t width) {
  std::size_t longest = 0;
  for (const auto& [name, meaning] : glossary.entries) {
    if (columns(name) <= widest_name) longest = std::max(longest, columns(name));
  }
  const std::size_t indent = 2 + longest + 2;
  std::string text;
  for (const auto& [name, meaning] : glossary.entries) {
    text += "  " + name;
    if (!meaning.empty()) {
      text += columns(name) > longest ? '\n' + std::string(indent, ' ')
                                      : std::string(indent - 2 - columns(name), ' ');
      text += wrapped(meaning, width, indent);
    }
    text += '\n';
  }
  return text;
}

}  // namespace sixslots::cli
