#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sixslots::reports {

/// Text from outside, made harmless: valid UTF-8 in one line, without control characters and
/// without the invisible ones that reorder a line.
std::string clean(std::string_view text);

/// Columns that a terminal needs for UTF-8 text: none for combining marks, two for wide characters.
int display_width(std::string_view text);

/// At most that many columns; where something is cut off the last one is an ellipsis.
std::string shorten(std::string_view text, int width);

/// Filled with spaces to that many columns.
std::string left_aligned(std::string_view text, int width);
std::string right_aligned(std::string_view text, int width);

/// Lines of at most that many columns, broken between words where there is a place.
std::vector<std::string> wrapped(std::string_view text, int width);

/// Nothing but ASCII: a stand-in of the same width for what the reports draw, '?' for the rest.
std::string to_ascii(std::string_view text);

/// "a", "a and b", "a, b and c".
std::string joined(const std::vector<std::string>& parts, std::string_view last = "and");

/// "1 row", "2 rows".
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace sixslots::reports
