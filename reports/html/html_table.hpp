#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sixslots::reports {

/// A table of the HTML reports as it grows, in a box that scrolls where the page is narrow. Texts
/// may come from outside.
class HtmlTable {
 public:
  HtmlTable(std::string_view caption, const std::vector<std::string>& heads);

  void row(std::string_view name, const std::vector<std::string>& cells, bool bad = false);

  [[nodiscard]] std::string html() const;

 private:
  std::string html_;
};

/// What stands before and after the rows of a table.
std::string opened_table(std::string_view caption);
extern const std::string_view closed_table;

}  // namespace sixslots::reports
