#include "reports/html/html_table.hpp"

#include <fmt/format.h>

#include "reports/charts/svg.hpp"

namespace sixslots::reports {

const std::string_view closed_table = "</tbody></table></div>\n";

std::string opened_table(std::string_view caption) {
  return fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\"><table>"
      "<caption>{0}</caption>\n",
      escaped(caption));
}

HtmlTable::HtmlTable(std::string_view caption, const std::vector<std::string>& heads) {
  html_ = opened_table(caption) + "<thead><tr>";
  for (const std::string& head : heads) {
    html_ += fmt::format("<th scope=\"col\">{}</th>", escaped(head));
  }
  html_ += "</tr></thead>\n<tbody>\n";
}

void HtmlTable::row(std::string_view name, const std::vector<std::string>& cells, bool bad) {
  html_ += fmt::format("<tr{}><th scope=\"row\"><bdi>{}</bdi></th>", bad ? " class=\"bad\"" : "",
                       escaped(name));
  for (const std::string& cell : cells) html_ += fmt::format("<td>{}</td>", escaped(cell));
  html_ += "</tr>\n";
}

std::string HtmlTable::html() const { return html_ + std::string(closed_table); }

}  // namespace sixslots::reports
