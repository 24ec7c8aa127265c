#pragma once

#include <string>
#include <vector>

#include "reports/sheet.hpp"

namespace sixslots::reports {

/// A table of numbers with a label for each row, laid out for the width there is: labels beside the
/// numbers, else under headings that several rows share, else above the numbers, else with fewer
/// columns.
struct Table {
  struct Row {
    std::string heading;  ///< shared with other rows; empty: none
    std::string label;    ///< under its heading
    std::string full;     ///< label where there are no headings
    std::vector<std::string> cells;
    Ink ink = Ink::plain;
  };
  std::vector<std::string> heads;
  std::vector<int> importance;  ///< of each column: the least important go first
  std::vector<Row> rows;
};

void print_table(Sheet& sheet, Table table);

}  // namespace sixslots::reports
