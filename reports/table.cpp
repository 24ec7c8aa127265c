#include "reports/table.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

enum class Labels { beside, under_headings, above };

constexpr int indent = 2;

struct Layout {
  Labels labels = Labels::above;
  int gap = 1;
  int label_width = 0;
  std::vector<int> widths;
};

std::vector<int> column_widths(const Table& table) {
  std::vector<int> widths;
  for (std::size_t c = 0; c < table.heads.size(); ++c) {
    int width = display_width(table.heads[c]);
    for (const Table::Row& row : table.rows) width = std::max(width, display_width(row.cells[c]));
    widths.push_back(width);
  }
  return widths;
}

bool has_headings(const Table& table) {
  return std::ranges::any_of(table.rows,
                             [](const Table::Row& row) { return !row.heading.empty(); });
}

int label_width(const Table& table, Labels labels) {
  int width = 0;
  for (const Table::Row& row : table.rows) {
    if (labels == Labels::beside) width = std::max(width, display_width(row.full));
    if (labels == Labels::under_headings) {
      width = std::max(width, indent + display_width(row.label));
    }
  }
  return width;
}

int total_width(const Layout& layout) {
  const int columns = static_cast<int>(layout.widths.size());
  return std::reduce(layout.widths.begin(), layout.widths.end(), layout.label_width) +
         columns * layout.gap;
}

std::optional<Layout> fitting(const Table& table, int width) {
  Layout layout;
  layout.widths = column_widths(table);
  for (const Labels labels : {Labels::beside, Labels::under_headings, Labels::above}) {
    if (labels == Labels::under_headings && !has_headings(table)) continue;
    layout.labels = labels;
    layout.label_width = label_width(table, labels);
    for (const int gap : {2, 1}) {
      layout.gap = gap;
      if (total_width(layout) <= width) return layout;
    }
  }
  return std::nullopt;
}

void drop_least_important(Table& table) {
  const auto least = std::ranges::min_element(table.importance) - table.importance.begin();
  table.heads.erase(table.heads.begin() + least);
  table.importance.erase(table.importance.begin() + least);
  for (Table::Row& row : table.rows) row.cells.erase(row.cells.begin() + least);
}

std::string numbers(const Layout& layout, const std::vector<std::string>& cells) {
  std::string text;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    text += right_aligned(cells[c], layout.gap + layout.widths[c]);
  }
  return text;
}

void print_row(Sheet& sheet, const Layout& layout, const Table::Row& row) {
  const std::string cells = numbers(layout, row.cells);
  if (layout.labels == Labels::above) {
    sheet.line(row.full);
    sheet.line(cells, row.ink);
    return;
  }
  const bool beside = layout.labels == Labels::beside;
  const std::string label = beside ? row.full : left_aligned("", indent) + row.label;
  sheet.line({{left_aligned(label, layout.label_width)}, {cells, row.ink}});
}

}  // namespace

void print_table(Sheet& sheet, Table table) {
  std::optional<Layout> layout = fitting(table, sheet.width());
  while (!layout && table.heads.size() > 1) {
    drop_least_important(table);
    layout = fitting(table, sheet.width());
  }
  if (!layout) layout = Layout{.widths = column_widths(table)};
  sheet.line(left_aligned("", layout->label_width) + numbers(*layout, table.heads), Ink::dim);
  if (layout->labels == Labels::under_headings) {
    std::ranges::stable_sort(table.rows, {}, [&](const Table::Row& row) {
      return std::ranges::find(table.rows, row.heading, &Table::Row::heading) - table.rows.begin();
    });
  }
  const std::string* heading = nullptr;
  for (const Table::Row& row : table.rows) {
    const bool is_new = heading == nullptr || *heading != row.heading;
    if (layout->labels == Labels::under_headings && is_new) sheet.line(row.heading);
    heading = &row.heading;
    print_row(sheet, *layout, row);
  }
}

}  // namespace sixslots::reports
