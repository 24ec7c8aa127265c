#include "reports/table.hpp"

#include <algorithm>
#include <optional>

#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

enum class Labels { beside, under_last, under_first, above };

constexpr int indent = 2;

/// Columns between columns, and before the first of a group.
struct Gaps {
  int inside = 1;
  int before_group = 1;
};

struct Layout {
  Labels labels = Labels::above;
  Gaps gaps;
  int label_width = 0;
  std::vector<int> widths;
};

std::vector<int> column_widths(const Table& table) {
  std::vector<int> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    int width = display_width(table.columns[c].head);
    for (const Table::Row& row : table.rows) width = std::max(width, display_width(row.cells[c]));
    widths.push_back(width);
  }
  return widths;
}

bool has_headings(Labels labels) {
  return labels == Labels::under_last || labels == Labels::under_first;
}

bool have_parts(const Table& table) {
  return std::ranges::none_of(table.rows, &std::string::empty, &Table::Row::last);
}

const std::string& heading(const Table::Row& row, Labels labels) {
  return labels == Labels::under_last ? row.last : row.first;
}

std::string label(const Table::Row& row, Labels labels) {
  const std::string indented = left_aligned("", indent);
  if (labels == Labels::under_last) return indented + row.first;
  if (labels == Labels::under_first) return indented + row.last;
  return row.label;
}

int label_width(const Table& table, Labels labels) {
  int width = 0;
  if (labels == Labels::above) return width;
  for (const Table::Row& row : table.rows) {
    width = std::max(width, display_width(label(row, labels)));
  }
  return width;
}

int gap_before(const Table::Column& column, const Layout& layout) {
  return column.starts_group ? layout.gaps.before_group : layout.gaps.inside;
}

int total_width(const Table& table, const Layout& layout) {
  int width = layout.label_width;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    width += gap_before(table.columns[c], layout) + layout.widths[c];
  }
  return width;
}

std::optional<Layout> fitting(const Table& table, int width) {
  Layout layout;
  layout.widths = column_widths(table);
  for (const Labels labels :
       {Labels::beside, Labels::under_last, Labels::under_first, Labels::above}) {
    if (has_headings(labels) && !have_parts(table)) continue;
    layout.labels = labels;
    layout.label_width = label_width(table, labels);
    for (const Gaps gaps : {Gaps{2, 3}, Gaps{2, 2}, Gaps{1, 2}, Gaps{1, 1}}) {
      layout.gaps = gaps;
      if (total_width(table, layout) <= width) return layout;
    }
  }
  return std::nullopt;
}

void drop_least_important(Table& table) {
  const auto least = std::ranges::min_element(table.columns, {}, &Table::Column::importance) -
                     table.columns.begin();
  table.columns.erase(table.columns.begin() + least);
  for (Table::Row& row : table.rows) row.cells.erase(row.cells.begin() + least);
}

std::string numbers(const Table& table, const Layout& layout,
                    const std::vector<std::string>& cells) {
  std::string text;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    text += right_aligned(cells[c], gap_before(table.columns[c], layout) + layout.widths[c]);
  }
  return text;
}

std::vector<std::string> heads(const Table& table) {
  std::vector<std::string> heads;
  for (const Table::Column& column : table.columns) heads.push_back(column.head);
  return heads;
}

void print_row(Sheet& sheet, const Table& table, const Layout& layout, const Table::Row& row) {
  const std::string cells = numbers(table, layout, row.cells);
  if (layout.labels == Labels::above) {
    sheet.line(row.label);
    sheet.line(cells, row.ink);
    return;
  }
  const std::string name = left_aligned(label(row, layout.labels), layout.label_width);
  sheet.line({{name}, {cells, row.ink}});
}

/// Rows with the same heading come together, in the order of their first.
void print_under_headings(Sheet& sheet, const Table& table, const Layout& layout) {
  std::vector<std::string> headings;
  for (const Table::Row& row : table.rows) {
    const std::string& text = heading(row, layout.labels);
    if (std::ranges::find(headings, text) == headings.end()) headings.push_back(text);
  }
  for (const std::string& text : headings) {
    sheet.line(text);
    for (const Table::Row& row : table.rows) {
      if (heading(row, layout.labels) == text) print_row(sheet, table, layout, row);
    }
  }
}

}  // namespace

void print_table(Sheet& sheet, Table table) {
  std::optional<Layout> layout = fitting(table, sheet.width());
  while (!layout && table.columns.size() > 1) {
    drop_least_important(table);
    layout = fitting(table, sheet.width());
  }
  if (!layout) {
    layout.emplace();
    layout->widths = column_widths(table);
  }
  sheet.line(left_aligned("", layout->label_width) + numbers(table, *layout, heads(table)),
             Ink::dim);
  if (has_headings(layout->labels)) return print_under_headings(sheet, table, *layout);
  for (const Table::Row& row : table.rows) print_row(sheet, table, *layout, row);
}

}  // namespace sixslots::reports
