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
    std::string label;
    std::string first;  ///< the label's parts: either can be a heading over the other one's rows
    std::string last;   ///< empty: the label has no parts
    std::vector<std::string> cells;
    Ink ink = Ink::plain;
  };
  struct Column {
    std::string head;
    int importance = 0;         ///< the least important go first
    bool starts_group = false;  ///< stands apart from the column before it
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
};

void print_table(Sheet& sheet, Table table);

}  // namespace sixslots::reports
