#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sixslots::reports {

/// A grid of verdicts: what works in which combination. It knows nothing of where they come from.
struct Matrix {
  enum class Mark : std::uint8_t { good, slow, bad, none };
  struct Cell {
    Mark mark = Mark::none;
    std::string text;  ///< "124 ms"; the mark is written out beside it
  };
  struct Row {
    std::string name;
    std::vector<Cell> cells;  ///< one a column
  };
  std::string caption;
  std::string corner;  ///< what the rows and columns are: "design \ protocol"
  std::vector<std::string> columns;
  std::vector<Row> rows;
};

/// As an HTML table, red and green, with signs that say the same.
std::string draw(const Matrix& matrix);

}  // namespace sixslots::reports
