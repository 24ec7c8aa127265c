#include "reports/charts/matrix.hpp"

#include <fmt/format.h>

#include "reports/charts/svg.hpp"

namespace sixslots::reports {
namespace {

struct Look {
  std::string_view style;
  std::string_view sign;
};

Look look_of(Matrix::Mark mark) {
  switch (mark) {
    case Matrix::Mark::good:
      return {"good", "✓"};
    case Matrix::Mark::slow:
      return {"slow", "~"};
    case Matrix::Mark::bad:
      return {"bad", "✗"};
    case Matrix::Mark::none:
      break;
  }
  return {"none", "–"};
}

}  // namespace

std::string draw(const Matrix& matrix) {
  std::string html = fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\">"
      "<table class=\"matrix\"><caption>{0}</caption>\n<thead><tr><th scope=\"col\">{1}</th>",
      escaped(matrix.caption), escaped(matrix.corner));
  for (const std::string& column : matrix.columns) {
    html += fmt::format("<th scope=\"col\"><bdi>{}</bdi></th>", escaped(column));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const Matrix::Row& row : matrix.rows) {
    html += fmt::format("<tr><th scope=\"row\"><bdi>{}</bdi></th>", escaped(row.name));
    for (const Matrix::Cell& cell : row.cells) {
      const Look look = look_of(cell.mark);
      html += fmt::format("<td class=\"{}\">{} {}</td>", look.style, look.sign, escaped(cell.text));
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace sixslots::reports
