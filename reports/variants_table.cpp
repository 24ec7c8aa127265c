#include "reports/variants_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/provenance.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;

/// More would not be read; other formats have them all.
constexpr std::size_t most_rows = 40;

struct FlowColumn {
  Table::Column column;
  std::string (*cell)(const FlowView& flow);
};

const FlowColumn flow_columns[] = {
    {{"p50", 9, true}, [](const FlowView& flow) { return short_value(flow.p50); }},
    {{"p95", 8}, [](const FlowView& flow) { return short_value(flow.p95); }},
    {{"max", 3}, [](const FlowView& flow) { return short_value(flow.max); }},
    {{"starved", 10, true},
     [](const FlowView& flow) {
       const models::FlowStatistics& all = *flow.statistics;
       return all.count == 0 ? std::string("–") : fmt::format("{}/{}", all.starved, all.count);
     }},
    {{"stalled", 6},
     [](const FlowView& flow) {
       if (flow.statistics->count == 0) return std::string("–");
       return short_value(MetricInfo::Unit::ratio, flow.stalled_share);
     }},
};

/// Where a page loses its patience with some.
const FlowColumn given_up_column = {{"given up", 9}, [](const FlowView& flow) {
                                      return flow.statistics->count == 0
                                                 ? std::string("–")
                                                 : fmt::format("{}", flow.statistics->given_up);
                                    }};

bool some_are_given_up(const Study& study, std::size_t flow) {
  return std::ranges::any_of(study.variants, [flow](const VariantView& view) {
    return view.flows[flow].statistics->given_up > 0;
  });
}

struct PageColumn {
  Table::Column column;
  std::string_view metric;
};

const PageColumn page_columns[] = {
    {{"conn", 7, true}, "connections.peak"},
    {{"/row", 11}, "connections.per_row"},
    {{"stale", 5, true}, "staleness.p95"},
    {{"req/s", 4}, "requests.rate"},
};

/// A number whose unit stands in the head.
std::string without_unit(std::string text) {
  if (text.ends_with("/s")) text.resize(text.size() - 2);
  return text;
}

Ink ink_of(Fate fate) { return hangs(fate) || fate == Fate::refused ? Ink::bad : Ink::plain; }

template <class Add>
void for_each_cell(const Study& study, const VariantView& view, std::size_t flow, Columns columns,
                   Add add) {
  if (columns != Columns::page) {
    for (const FlowColumn& column : flow_columns) {
      add(column.column, column.cell(view.flows[flow]));
    }
    if (some_are_given_up(study, flow)) {
      add(given_up_column.column, given_up_column.cell(view.flows[flow]));
    }
  }
  if (columns == Columns::flow) return;
  for (const PageColumn& column : page_columns) {
    const scenarios::MetricValue value = metric(*view.result, column.metric);
    add(column.column, without_unit(short_value(value)));
  }
}

void print_omission(Sheet& sheet, const Study& study) {
  if (study.variants.size() <= most_rows) return;
  sheet.line(fmt::format("… {} more variants; the JSON report has all of them",
                         study.variants.size() - most_rows),
             Ink::dim);
}

}  // namespace

std::string variants_legend(const Study& study) {
  bool given_up = false;
  for (std::size_t flow = 0; study.has_flow() && flow < study.variants.front().flows.size();
       ++flow) {
    given_up = given_up || some_are_given_up(study, flow);
  }
  return fmt::format(
      "starved: never sent; stalled: share of the latency spent waiting in the browser; {}conn: "
      "open connections, at most; /row: connections that one more row wants (streams, over HTTP/2 "
      "and 3); stale: from an update to its display, p95",
      given_up ? "given up: by the page, before they were sent; " : "");
}

/// "stream-per-row, http/1.1": the last compared key's value, and the rest.
Table::Row labelled_row(const VariantView& view) {
  Table::Row row;
  row.label = clean(view.result->variant.label);
  const std::size_t comma = row.label.rfind(", ");
  if (view.result->variant.settings.size() > 1 && comma != std::string::npos) {
    row.first = row.label.substr(0, comma);
    row.last = row.label.substr(comma + 2);
  }
  return row;
}

Table variants_table(const Study& study, std::size_t flow, Columns columns, std::size_t most) {
  Table table;
  for (const VariantView& view : study.variants) {
    if (table.rows.size() == most) break;
    Table::Row row = labelled_row(view);
    if (columns != Columns::page) row.ink = ink_of(view.flows[flow].fate);
    const bool first = table.rows.empty();
    for_each_cell(study, view, flow, columns,
                  [&](const Table::Column& column, const std::string& cell) {
                    if (first) table.columns.push_back(column);
                    row.cells.push_back(cell);
                  });
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string variants_caption(const Study& study, std::size_t flow) {
  return fmt::format("{}, from call to answer, in {} of {}",
                     sentence(noun_of(study.results->scenario.world.requests[flow]).one),
                     replications_of(*study.results).text(),
                     short_duration(study.results->scenario.run.duration));
}

void print_variants(Sheet& sheet, const Study& study) {
  if (study.variants.empty()) return;
  if (!study.has_flow()) {
    sheet.line("The page", Ink::strong);
    print_table(sheet, variants_table(study, 0, Columns::page, most_rows));
    print_omission(sheet, study);
    return;
  }
  sheet.paragraph({}, variants_caption(study, study.flow), Ink::strong);
  print_table(sheet, variants_table(study, study.flow, Columns::both, most_rows));
  print_omission(sheet, study);
  sheet.paragraph({}, variants_legend(study), Ink::dim);
  for (std::size_t flow = 0; flow < study.variants.front().flows.size(); ++flow) {
    if (flow == study.flow) continue;
    sheet.blank();
    sheet.paragraph({}, variants_caption(study, flow), Ink::strong);
    print_table(sheet, variants_table(study, flow, Columns::flow, most_rows));
    print_omission(sheet, study);
  }
}

}  // namespace sixslots::reports
