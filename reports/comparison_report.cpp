#include "reports/comparison_report.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/comparison_words.hpp"
#include "reports/precision.hpp"
#include "reports/sheet.hpp"
#include "reports/statistics_json.hpp"
#include "reports/table.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::MetricValue;
using scenarios::PairedDifference;
using scenarios::Results;
using scenarios::VariantResult;

Table::Row row_of(const Results& results, const ComparisonWish& wish, std::size_t variant,
                  const std::string& metric) {
  const VariantResult& result = results.variants[variant];
  const MetricValue value = compared_value(result, metric);
  Table::Row row;
  row.label = clean(result.variant.label);
  row.cells.push_back(short_value(value));
  if (variant == wish.baseline) {
    for (const char* cell : {"baseline", "", ""}) row.cells.emplace_back(cell);
    return row;
  }
  const PairedDifference against = difference(results, wish, variant, metric);
  row.cells.push_back(difference_text(value.info.unit, against));
  row.cells.push_back(difference_interval_text(value.info.unit, against));
  row.cells.push_back(gain_text(against));
  if (against.distinguishable()) row.ink = against.value < 0 ? Ink::good : Ink::bad;
  return row;
}

void print_ranking(Sheet& sheet, const Results& results, const std::string& metric) {
  for (const RankText& rank : rank_texts(results, metric)) {
    sheet.paragraph({fmt::format(" {} ", rank.place), Ink::strong}, rank.text);
  }
}

void print_metric(Sheet& sheet, const Results& results, const ComparisonWish& wish,
                  const std::string& metric) {
  sheet.blank();
  sheet.line(metric, Ink::strong);
  Table table;
  table.columns = {{"value", 9, true}, {"difference", 8}, {"interval", 7, true}, {"gain", 3}};
  for (std::size_t i = 0; i < results.variants.size(); ++i) {
    table.rows.push_back(row_of(results, wish, i, metric));
  }
  print_table(sheet, std::move(table));
  sheet.paragraph({},
                  fmt::format("{}Paired differences from the baseline over {}; {} "
                              "with 95 %. gain: variance on independent numbers over that on "
                              "common ones",
                              base_text(results, metric), pairs_text(results, wish),
                              shared_confidence_text(results)),
                  Ink::dim);
  sheet.line("Ranking, the lowest first", Ink::plain);
  print_ranking(sheet, results, metric);
}

Json difference_json(const PairedDifference& difference) {
  if (difference.none) return nullptr;
  Json interval(nullptr);
  constexpr std::string_view bounds[] = {"exact", "at_least", "at_most", "unknown"};
  const bool exact = difference.bound == PairedDifference::Bound::exact;
  if (difference.interval && exact)
    interval = {difference.interval->low, difference.interval->high};
  const bool finite = std::isfinite(difference.variance_ratio);
  return {{"value", difference.value},
          {"bound", bounds[static_cast<std::size_t>(difference.bound)]},
          {"interval", interval},
          {"variance_ratio", finite ? Json(difference.variance_ratio) : Json(nullptr)},
          {"pairs", difference.pairs},
          {"distinguishable", difference.distinguishable()}};
}

Json ranking_json(const Results& results, const std::string& metric) {
  Json ranks = Json::array();
  for (const scenarios::Rank& rank : ranking(results.variants, metric)) {
    ranks.push_back(
        {{"place", rank.place}, {"or_later", rank.or_later}, {"variants", rank.variants}});
  }
  return ranks;
}

}  // namespace

std::string comparison_report(const Results& results, const ComparisonWish& wish,
                              const TerminalStyle& style) {
  Sheet sheet(style);
  const std::string& title = results.scenario.title;
  sheet.paragraph({}, clean(title.empty() ? results.scenario.file : title), Ink::strong);
  for (const std::string& metric : compared_metrics(results, wish)) {
    print_metric(sheet, results, wish, metric);
  }
  std::vector<std::optional<double>> differences;
  for (const VariantResult& result : results.variants) {
    differences.push_back(littles_difference(result));
  }
  sheet.blank();
  print_littles_law(sheet, differences);
  sheet.paragraph({},
                  fmt::format("seed {}, scenario {}, sixslots {}", results.scenario.run.seed,
                              results.scenario_hash, results.version),
                  Ink::dim);
  return sheet.text();
}

std::string comparison_json(const Results& results, const ComparisonWish& wish) {
  Json metrics = Json::array();
  for (const std::string& metric : compared_metrics(results, wish)) {
    Json variants = Json::array();
    for (std::size_t i = 0; i < results.variants.size(); ++i) {
      const MetricValue value = compared_value(results.variants[i], metric);
      const bool none = value.kind == MetricValue::Kind::none;
      Json one{{"label", results.variants[i].variant.label},
               {"value", none ? Json(nullptr) : Json(value.value)},
               {"censored", value.is_bound()}};
      add_interval(one, value);
      if (i != wish.baseline) {
        one["difference"] = difference_json(difference(results, wish, i, metric));
      }
      variants.push_back(std::move(one));
    }
    metrics.push_back({{"metric", metric},
                       {"variants", std::move(variants)},
                       {"ranking", ranking_json(results, metric)}});
  }
  const Json report{{"schema", "sixslots-compare/1"},
                    {"version", results.version},
                    {"hash", results.scenario_hash},
                    {"baseline", wish.baseline},
                    {"metrics", std::move(metrics)}};
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sixslots::reports
