#include "reports/html/sections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/charts/distribution_chart.hpp"
#include "reports/charts/svg.hpp"
#include "reports/findings.hpp"
#include "reports/findings_text.hpp"
#include "reports/html/page.hpp"
#include "reports/html/tables.hpp"
#include "reports/study_charts.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

constexpr std::size_t most_in_spread = 40;
constexpr std::size_t most_matrices = 4;
constexpr std::size_t most_matrix_rows = 60;
constexpr std::size_t most_matrix_columns = 12;

std::string matrices_html(const Study& study) {
  const std::vector<Matrix> all = matrices(study);
  const auto is_too_large = [](const Matrix& matrix) {
    return matrix.rows.size() > most_matrix_rows || matrix.columns.size() > most_matrix_columns;
  };
  if (std::ranges::any_of(all, is_too_large)) {
    return fmt::format(
        "<p class=\"note\">A grid of {} × {} values is too large to look at; the "
        "table of variants has its numbers.</p>\n",
        all.front().rows.size(), all.front().columns.size());
  }
  std::string html;
  for (std::size_t i = 0; i < std::min(all.size(), most_matrices); ++i) html += draw(all[i]);
  if (all.size() <= most_matrices) return html;
  return html + fmt::format(
                    "<p class=\"note\">… {} more grids like these; the table of variants "
                    "has their numbers.</p>\n",
                    all.size() - most_matrices);
}

std::string part(std::string_view head, std::string_view text) {
  if (text.empty()) return {};
  return fmt::format("<dt>{}</dt><dd>{}</dd>\n", head, escaped(text));
}

}  // namespace

std::string overview_section(const Study& study) {
  std::string html = "<section><h2>Variants</h2>\n";
  html += figures(curves(study));
  html += figures(frontiers(study));
  html += matrices_html(study);
  if (study.has_flow() && study.variants.size() > 1) {
    const Noun noun = noun_of(*study.felt(study.variants.front()).flow);
    std::string caption = sentence(fmt::format(
        "{}, from call to answer. Dot: median; box: to the 95th percentile; line: to the longest; "
        "hatched: the run ended first.",
        noun.one));
    if (study.variants.size() > most_in_spread) {
      caption +=
          fmt::format(" The first {} of {} variants.", most_in_spread, study.variants.size());
    }
    html += figure(caption, spread_chart(study, most_in_spread));
  }
  html += variants_html(study);
  html += walls_html(study);
  html += storms_html(study);
  html += fleet_html(study);
  const std::string expectations = expectations_html(*study.results);
  if (!expectations.empty()) html += "<h3>Expectations</h3>\n" + expectations;
  return html + "</section>\n";
}

std::string findings_section(const Study& study) {
  const std::vector<Finding> all = findings(study);
  if (all.empty()) return {};
  std::string html = "<section><h2>Findings</h2>\n<ol class=\"findings\">\n";
  for (const Finding& finding : all) {
    html += fmt::format("<li><strong>{}</strong>\n<dl>", escaped(finding.what));
    html += part("with", variants_of(study, finding));
    html += part("seen in", finding.evidence);
    html += part("because", finding.why);
    html += part("change", finding.change);
    html += "</dl></li>\n";
  }
  return html + "</ol></section>\n";
}

}  // namespace sixslots::reports
