#include "reports/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/expectations.hpp"
#include "reports/findings.hpp"
#include "reports/findings_text.hpp"
#include "reports/fleet.hpp"
#include "reports/markdown_text.hpp"
#include "reports/path_matrix.hpp"
#include "reports/provenance.hpp"
#include "reports/storm.hpp"
#include "reports/study.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/variants_table.hpp"
#include "reports/verdict.hpp"
#include "reports/walls_table.hpp"

namespace sixslots::reports {
namespace {

/// Summaries above a megabyte are refused by GitHub.
constexpr std::size_t most_variants = 200;
constexpr std::size_t most_failures = 20;

std::string table_of(const Study& study, const Table& table) {
  std::vector<std::string> heads = {"variant"};
  std::vector<std::string> rules = {":--"};
  for (const Table::Column& column : table.columns) {
    heads.push_back(column.head);
    rules.emplace_back("--:");
  }
  std::string text = markdown_row(heads) + markdown_row(rules);
  for (const Table::Row& row : table.rows) {
    const bool bad = row.ink == Ink::bad;
    std::vector<std::string> cells = {
        fmt::format("{}{}", bad ? "❌ " : "", markdown_text(row.label))};
    for (const std::string& cell : row.cells) cells.push_back(markdown_text(cell));
    text += markdown_row(cells);
  }
  if (study.variants.size() > most_variants) {
    text += fmt::format("\n… {} more variants; the JSON report has all of them\n",
                        study.variants.size() - most_variants);
  }
  return text + "\n";
}

std::string table_of(const Study& study, std::size_t flow, Columns columns) {
  return table_of(study, variants_table(study, flow, columns, most_variants));
}

std::string held_on_the_way(const Study& study) {
  if (!tells_of_walls(study)) return {};
  return fmt::format("{}:\n\n{}{}\n\n", walls_caption,
                     table_of(study, walls_table(study, most_variants)),
                     markdown_text(walls_legend(study)));
}

std::string storms(const Study& study) {
  if (!tells_of_storms(study)) return {};
  return fmt::format("{}:\n\n{}{}\n\n", markdown_text(storm_caption(study)),
                     table_of(study, storm_table(study, most_variants)),
                     markdown_text(storm_legend(study)));
}

std::string fleet(const Study& study) {
  if (!tells_of_fleet(study)) return {};
  return fmt::format("{}:\n\n{}{}\n\n{}\n\n", markdown_text(hops_caption(study)),
                     table_of(study, hops_table(study)), markdown_text(hops_legend),
                     markdown_text(users_text(study)));
}

std::string paths(const Study& study) {
  std::string text;
  for (const Matrix& matrix : path_matrices(study)) {
    text += fmt::format("{}:\n\n", markdown_text(matrix.caption));
    std::vector<std::string> cells = {markdown_text(matrix.corner)};
    std::vector<std::string> rules = {":--"};
    for (const std::string& column : matrix.columns) {
      cells.push_back(markdown_text(column));
      rules.emplace_back(":--");
    }
    text += markdown_row(cells) + markdown_row(rules);
    for (const Matrix::Row& row : matrix.rows) {
      cells = {markdown_text(row.name)};
      for (const Matrix::Cell& cell : row.cells) cells.push_back(markdown_text(text_of(cell)));
      text += markdown_row(cells);
    }
    text += fmt::format("\n{}\n\n", path_legend);
  }
  return text;
}

std::string variants(const Study& study) {
  if (study.variants.empty()) return {};
  if (!study.has_flow()) return table_of(study, 0, Columns::page);
  std::string text =
      fmt::format("{}:\n\n{}{}\n", markdown_text(variants_caption(study, study.flow)),
                  table_of(study, study.flow, Columns::both), variants_legend(study));
  for (std::size_t flow = 0; flow < study.variants.front().flows.size(); ++flow) {
    if (flow == study.flow) continue;
    text += fmt::format("\n{}:\n\n{}", markdown_text(variants_caption(study, flow)),
                        table_of(study, flow, Columns::flow));
  }
  return text + "\n";
}

std::string expectation_line(const Fared::One& one, std::string_view sign) {
  return fmt::format("- {} `{} {}` {}: {}\n", sign, one.verdict->expectation.metric,
                     clean(one.verdict->expectation.text), markdown_text(one.label),
                     short_value(one.verdict->measured));
}

std::string expectation_lines(const std::vector<Fared::One>& those, std::string_view sign) {
  std::string text;
  for (std::size_t i = 0; i < std::min(those.size(), most_failures); ++i) {
    text += expectation_line(those[i], sign);
  }
  if (those.size() > most_failures) {
    text += fmt::format("- {} … in {} more variants\n", sign, those.size() - most_failures);
  }
  return text;
}

std::string expectations(const scenarios::Results& results) {
  const std::vector<Fared> all = by_expectation(results);
  if (all.empty()) return {};
  std::string failed;
  std::string passed;
  for (const Fared& fared : all) {
    failed += expectation_lines(fared.failed, "❌") + expectation_lines(fared.open, "⚠️");
    if (fared.passed.empty()) continue;
    std::vector<scenarios::MetricValue> measured;
    for (const Fared::One& one : fared.passed) measured.push_back(one.verdict->measured);
    const Fared::One& first = fared.passed.front();
    passed += fmt::format("- ✅ `{} {}` {}: {}\n", first.verdict->expectation.metric,
                          clean(first.verdict->expectation.text),
                          counted(fared.passed.size(), "variant"), short_range(measured));
  }
  return "## Expectations\n\n" + failed + passed + "\n";
}

std::string finding_text(const Study& study, const Finding& finding, int number) {
  std::string text = fmt::format("{}. **{}**\n", number, markdown_text(finding.what));
  const std::pair<std::string_view, std::string> parts[] = {
      {"with", variants_of(study, finding)},
      {"seen in", finding.evidence},
      {"because", finding.why},
      {"change", finding.change},
  };
  for (const auto& [head, content] : parts) {
    if (!content.empty()) text += fmt::format("   - {}: {}\n", head, markdown_text(content));
  }
  return text;
}

}  // namespace

std::string markdown_report(const scenarios::Results& results) {
  const Study subject = study(results);
  std::string text = fmt::format("# {}\n\n{}\n\n", markdown_text(title_of(results)),
                                 markdown_text(verdict(subject)));
  if (results.interrupted) {
    text += fmt::format("**{}**\n\n", markdown_text(interruption(results)));
  }
  text += variants(subject);
  text += paths(subject);
  text += held_on_the_way(subject);
  text += storms(subject);
  text += fleet(subject);
  text += expectations(results);
  const std::vector<Finding> all = findings(subject);
  if (!all.empty()) text += "## Findings\n\n";
  int number = 0;
  for (const Finding& finding : all) text += finding_text(subject, finding, ++number);
  return text + fmt::format("\n*{}*\n", markdown_text(provenance(results)));
}

}  // namespace sixslots::reports
