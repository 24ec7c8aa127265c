#include "reports/path_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/study_charts.hpp"
#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

constexpr int gap = 2;

int width_of_column(const Matrix& matrix, std::size_t column) {
  int width = display_width(matrix.columns[column]);
  for (const Matrix::Row& row : matrix.rows) {
    width = std::max(width, display_width(text_of(row.cells[column])));
  }
  return width;
}

int width_of_names(const Matrix& matrix) {
  int width = 0;
  for (const Matrix::Row& row : matrix.rows) width = std::max(width, display_width(row.name));
  return width;
}

/// The first column behind those that fit, at least one of them.
std::size_t end_of_block(const Matrix& matrix, std::size_t first, int room) {
  std::size_t end = first;
  while (end < matrix.columns.size()) {
    room -= gap + width_of_column(matrix, end);
    if (room < 0 && end > first) break;
    ++end;
  }
  return end;
}

Ink ink_of(Matrix::Mark mark) {
  switch (mark) {
    case Matrix::Mark::good:
    case Matrix::Mark::slow:
      return Ink::good;
    case Matrix::Mark::bad:
      return Ink::bad;
    case Matrix::Mark::none:
      break;
  }
  return Ink::dim;
}

void print_block(Sheet& sheet, const Matrix& matrix, std::size_t first, std::size_t end) {
  const int names = width_of_names(matrix);
  const auto in_column = [&](std::string_view text, std::size_t column) {
    return left_aligned("", gap) + left_aligned(text, width_of_column(matrix, column));
  };
  std::string heads = left_aligned("", names);
  for (std::size_t i = first; i < end; ++i) heads += in_column(matrix.columns[i], i);
  sheet.line(heads, Ink::dim);
  for (const Matrix::Row& row : matrix.rows) {
    std::vector<Span> spans = {{left_aligned(row.name, names)}};
    for (std::size_t i = first; i < end; ++i) {
      spans.push_back({in_column(text_of(row.cells[i]), i), ink_of(row.cells[i].mark)});
    }
    sheet.line(spans);
  }
}

}  // namespace

const std::string_view path_legend =
    "✓ every request comes through, every row opens, and what is expected of the latency holds";

std::vector<Matrix> path_matrices(const Study& study) {
  const std::vector<scenarios::Axis>& axes = study.results->scenario.compare;
  const auto is_path = [](const scenarios::Axis& axis) { return axis.key == "path"; };
  return std::ranges::any_of(axes, is_path) ? matrices(study) : std::vector<Matrix>();
}

std::string text_of(const Matrix::Cell& cell) {
  switch (cell.mark) {
    case Matrix::Mark::good:
    case Matrix::Mark::slow:
      return "✓ " + cell.text;
    case Matrix::Mark::bad:
      return "✗ " + cell.text;
    case Matrix::Mark::none:
      break;
  }
  return "– " + cell.text;
}

void print_path_matrices(Sheet& sheet, const Study& study) {
  for (const Matrix& matrix : path_matrices(study)) {
    sheet.blank();
    sheet.paragraph({}, matrix.caption, Ink::strong);
    const int room = sheet.width() - width_of_names(matrix);
    for (std::size_t first = 0; first < matrix.columns.size();) {
      const std::size_t end = end_of_block(matrix, first, room);
      print_block(sheet, matrix, first, end);
      first = end;
    }
    sheet.paragraph({}, path_legend, Ink::dim);
  }
}

}  // namespace sixslots::reports
