#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sixslots::reports {

/// Text from outside that Markdown takes for nothing but text.
std::string markdown_text(std::string_view raw);

/// A row of a table, its cells as they are.
std::string markdown_row(const std::vector<std::string>& cells);

}  // namespace sixslots::reports
