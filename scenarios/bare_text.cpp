#include "scenarios/bare_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/error.hpp"

namespace sixslots::scenarios {
namespace {

/// A byte of a character that continues an earlier one.
bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }
bool beyond_ascii(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0U; }

/// Where what is in quotes ends. Quotes that are not closed end with their line, or three of them
/// with the file.
std::size_t behind_quotes(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  const std::string three(3, quote);
  const bool many_lines = text.substr(begin, 3) == three;
  const std::string_view closing = many_lines ? std::string_view(three) : text.substr(begin, 1);
  std::size_t at = begin + closing.size();
  while (at < text.size()) {
    if (text.substr(at, closing.size()) == closing) return at + closing.size();
    if (text[at] == '\n' && !many_lines) return at;
    const bool escapes = text[at] == '\\' && quote == '"';
    at += escapes ? 2U : 1U;
  }
  return text.size();
}

/// Where the first character beyond ASCII outside of quotes and comments is, or the text's end.
std::size_t find_beyond_ascii(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (at < text.size() && !beyond_ascii(text[at])) {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (text[at] == '"' || text[at] == '\'') {
      at = behind_quotes(text, at);
    } else {
      ++at;
    }
  }
  return std::min(at, text.size());
}

/// The character that begins there; empty where the bytes are no UTF-8.
std::string_view character_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead >= 0xf0U ? 4 : lead >= 0xe0U ? 3 : 2;
  const std::string_view found = text.substr(at, size);
  const bool whole = lead >= 0xc2U && found.size() == size;
  return whole && std::ranges::all_of(found.substr(1), continues) ? found : std::string_view();
}

/// The word without quotes that a character belongs to.
std::string_view bare_word(std::string_view text, std::size_t at) {
  const auto ends = [](char c) {
    return c >= '\0' && std::string_view("=,.[]{}\"'# \t\r\n").find(c) != std::string_view::npos;
  };
  const auto begin = std::find_if(text.rend() - static_cast<std::ptrdiff_t>(at), text.rend(), ends);
  const auto end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), ends);
  return {begin.base(), end};
}

}  // namespace

void require_plain_bare_text(std::string_view text, const std::string& file) {
  const std::size_t at = find_beyond_ascii(text);
  if (at == text.size()) return;
  const std::string_view found = character_at(text, at);
  if (found.empty()) return;  // which toml++ tells
  throw Error(
      end_of(text.substr(0, at), file),
      fmt::format("'{}': '{}' may stand only in quotes and in comments; without quotes, keys "
                  "have letters from A to Z, digits, '_' and '-'",
                  bare_word(text, at), found));
}

Position end_of(std::string_view text, const std::string& file) {
  const auto lines = std::ranges::count(text, '\n');
  const std::string_view last = text.substr(text.rfind('\n') + 1);
  const auto characters =
      static_cast<std::ptrdiff_t>(last.size()) - std::ranges::count_if(last, continues);
  return {file, static_cast<int>(lines) + 1, static_cast<int>(characters) + 1};
}

}  // namespace sixslots::scenarios
