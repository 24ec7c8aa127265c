#include "reports/html/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/charts/levels.hpp"
#include "reports/charts/svg.hpp"
#include "reports/charts/waterfall_chart.hpp"
#include "reports/expectations.hpp"
#include "reports/fleet.hpp"
#include "reports/html/html_table.hpp"
#include "reports/precision.hpp"
#include "reports/request_text.hpp"
#include "reports/storm.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/variants_table.hpp"
#include "reports/walls_table.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Judgement;

constexpr std::size_t most_variants = 200;
constexpr std::size_t most_failures = 20;

/// Of a request's time, and what the reader calls them.
constexpr std::pair<std::string_view, std::string_view> latency_parts[] = {
    {"stalled", "stalled in the browser"},
    {"connecting", "connecting"},
    {"proxy_queue", "queued at proxies"},
    {"worker_queue", "queued for a worker"},
    {"service", "worked on"},
    {"transfer", "transferred"},
    {"latency", "in all"},
};

std::string omission(std::size_t all, std::size_t shown, std::string_view what) {
  if (all <= shown) return {};
  return fmt::format("<p class=\"note\">… {} more {}; the JSON report has all of them.</p>\n",
                     all - shown, what);
}

std::string html_of(const Table& table, std::string_view caption) {
  std::vector<std::string> heads = {"variant"};
  for (const Table::Column& column : table.columns) heads.push_back(column.head);
  HtmlTable html(caption, heads);
  for (const Table::Row& row : table.rows) html.row(row.label, row.cells, row.ink == Ink::bad);
  return html.html();
}

std::string expectation_row(const scenarios::Verdict& verdict, std::string_view variants,
                            std::string_view measured) {
  return fmt::format(
      "<tr><th scope=\"row\">{} {}</th><td class=\"text\"><bdi>{}</bdi></td><td>{}</td>"
      "<td class=\"{}\">{}</td></tr>\n",
      escaped(verdict.expectation.metric), escaped(verdict.expectation.text), escaped(variants),
      escaped(measured), verdict.judgement == Judgement::pass ? "pass" : "fail",
      verdict.judgement == Judgement::pass        ? "✓ holds"
      : verdict.judgement == Judgement::undecided ? "? undecided"
                                                  : "✗ fails");
}

std::string rows_of_each(const std::vector<Fared::One>& those) {
  std::string html;
  for (std::size_t i = 0; i < std::min(those.size(), most_failures); ++i) {
    const Fared::One& one = those[i];
    html += expectation_row(*one.verdict, one.label, with_interval(one.verdict->measured));
  }
  if (those.size() <= most_failures) return html;
  return html + expectation_row(*those.front().verdict,
                                fmt::format("… {} more variants", those.size() - most_failures),
                                "");
}

/// All variants in which it holds, in one row.
std::string passes_row(const Fared& fared) {
  if (fared.passed.empty()) return {};
  const Fared::One& first = fared.passed.front();
  std::vector<scenarios::MetricValue> measured;
  for (const Fared::One& one : fared.passed) measured.push_back(one.verdict->measured);
  return expectation_row(
      *first.verdict,
      fared.passed.size() == 1 ? first.label : fmt::format("{} variants", fared.passed.size()),
      short_range(measured));
}

}  // namespace

std::string variants_html(const Study& study) {
  if (study.variants.empty()) return {};
  std::string html;
  if (!study.has_flow()) {
    html = html_of(variants_table(study, 0, Columns::page, most_variants), "The page");
  } else {
    html = html_of(variants_table(study, study.flow, Columns::both, most_variants),
                   variants_caption(study, study.flow));
  }
  html += omission(study.variants.size(), most_variants, "variants");
  html += fmt::format("<p class=\"note\">{}.</p>\n", escaped(variants_legend(study)));
  for (std::size_t flow = 0; study.has_flow() && flow < study.variants.front().flows.size();
       ++flow) {
    if (flow == study.flow) continue;
    html += html_of(variants_table(study, flow, Columns::flow, most_variants),
                    variants_caption(study, flow));
  }
  return html;
}

std::string walls_html(const Study& study) {
  if (!tells_of_walls(study)) return {};
  return html_of(walls_table(study, most_variants), walls_caption) +
         omission(study.variants.size(), most_variants, "variants") +
         fmt::format("<p class=\"note\">{}.</p>\n", escaped(walls_legend(study)));
}

std::string storms_html(const Study& study) {
  if (!tells_of_storms(study)) return {};
  return html_of(storm_table(study, most_variants), storm_caption(study)) +
         fmt::format("<p class=\"note\">{}.</p>\n", escaped(storm_legend(study)));
}

std::string fleet_html(const Study& study) {
  if (!tells_of_fleet(study)) return {};
  return html_of(hops_table(study), hops_caption(study)) +
         fmt::format("<p class=\"note\">{}.</p>\n<p>{}</p>\n", escaped(hops_legend),
                     escaped(users_text(study)));
}

std::string expectations_html(const scenarios::Results& results) {
  const std::vector<Fared> all = by_expectation(results);
  if (all.empty()) return {};
  const auto good = std::ranges::count_if(
      all, [](const Fared& one) { return one.failed.empty() && one.open.empty(); });
  std::string html = opened_table(
      fmt::format("{} of {} hold in every variant that they are for", good, all.size()));
  html +=
      "<thead><tr><th scope=\"col\">expected</th><th scope=\"col\" class=\"text\">variant</th>"
      "<th scope=\"col\">measured</th><th scope=\"col\">result</th></tr></thead>\n<tbody>\n";
  for (const Fared& fared : all) {
    html += rows_of_each(fared.failed) + rows_of_each(fared.open) + passes_row(fared);
  }
  return html.append(closed_table);
}

std::string requests_html(const Study& study, const VariantView& view) {
  HtmlTable table("Requests of the first replication",
                  {"name", "type", "called at", "stalled", "sent at", "connection", "result"});
  const auto at = [](sim::Moment time) {
    return time ? short_duration(time->time_since_epoch()) : std::string("–");
  };
  for (const models::RequestRecord* record : waterfall_rows(study, view)) {
    const sim::Duration wait =
        models::stalled(*record, record->finished.value_or(view.result->sample.end));
    table.row(
        label_of(*record, view.world()),
        {std::string(resource_type(record->kind)), at(record->created), short_duration(wait),
         at(record->granted), record->connection > 0 ? fmt::format("{}", record->connection) : "–",
         outcome_of(*record)},
        !record->finished && !record->opened);
  }
  return table.html();
}

std::string parts_html(const Study& study, const VariantView& view) {
  const std::string flow = study.felt(view).flow->name;
  HtmlTable table("Where the time goes, all replications",
                  {"part", "median", "95th percentile", "longest"});
  for (const auto& [part, meaning] : latency_parts) {
    std::vector<std::string> cells;
    for (const std::string_view statistic : {"p50", "p95", "max"}) {
      cells.push_back(
          short_value(metric(*view.result, fmt::format("{}.{}.{}", flow, part, statistic))));
    }
    table.row(meaning, cells);
  }
  return table.html();
}

std::string levels_html(const VariantView& view) {
  HtmlTable table("At most, in the first replication", {"what", "where", "at most"});
  for (const Level& level : levels_of(view)) {
    table.row(level.name, {level.where, fmt::format("{}", level.peak())});
  }
  return table.html();
}

}  // namespace sixslots::reports
