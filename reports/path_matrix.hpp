#pragma once

#include <string>
#include <vector>

#include "reports/charts/matrix.hpp"
#include "reports/sheet.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// What works on which path: the matrices of a study that compares paths, and no others.
std::vector<Matrix> path_matrices(const Study& study);

/// "✓ 124 ms", "✗ 93 % starved".
std::string text_of(const Matrix::Cell& cell);

/// What the signs mean.
extern const std::string_view path_legend;

/// As tables, in several blocks where the columns do not fit side by side.
void print_path_matrices(Sheet& sheet, const Study& study);

}  // namespace sixslots::reports
