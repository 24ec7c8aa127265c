#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/charts/interval_chart.hpp"
#include "reports/charts/svg.hpp"
#include "reports/comparison_words.hpp"
#include "reports/html/html_table.hpp"
#include "reports/html/page.hpp"
#include "reports/provenance.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricValue;
using scenarios::PairedDifference;
using scenarios::Results;

constexpr std::size_t most_drawn = 40;

IntervalChart::Beyond beyond(PairedDifference::Bound bound) {
  if (bound == PairedDifference::Bound::at_most) return IntervalChart::Beyond::below;
  if (bound == PairedDifference::Bound::at_least) return IntervalChart::Beyond::above;
  return IntervalChart::Beyond::nowhere;
}

IntervalChart chart_of(const Results& results, const ComparisonWish& wish,
                       const std::string& metric) {
  IntervalChart chart;
  chart.unit = results.variants.front().metric(metric).info.unit;
  chart.title = fmt::format("{}: difference from {}", metric,
                            clean(results.variants[wish.baseline].variant.label));
  for (std::size_t i = 0; i < results.variants.size() && chart.rows.size() < most_drawn; ++i) {
    if (i == wish.baseline) continue;
    const PairedDifference against = difference(results, wish, i, metric);
    const bool exact = against.interval && against.bound == PairedDifference::Bound::exact;
    if (against.none || against.bound == PairedDifference::Bound::unknown) continue;
    IntervalChart::Row row;
    row.name = clean(results.variants[i].variant.label);
    row.value = against.value;
    row.interval = exact ? *against.interval : scenarios::Interval{against.value, against.value};
    row.beyond = beyond(against.bound);
    row.clear = against.distinguishable();
    row.note = difference_text(chart.unit, against);
    chart.rows.push_back(std::move(row));
  }
  return chart;
}

std::string table_of(const Results& results, const ComparisonWish& wish,
                     const std::string& metric) {
  HtmlTable table(fmt::format("{}, paired with {}", metric,
                              clean(results.variants[wish.baseline].variant.label)),
                  {"variant", "value", "difference", "interval", "gain"});
  for (std::size_t i = 0; i < results.variants.size(); ++i) {
    const MetricValue value = compared_value(results.variants[i], metric);
    std::vector<std::string> cells{short_value(value)};
    if (i == wish.baseline) {
      cells.insert(cells.end(), {"baseline", "", ""});
    } else {
      const PairedDifference against = difference(results, wish, i, metric);
      cells.push_back(difference_text(value.info.unit, against));
      cells.push_back(difference_interval_text(value.info.unit, against));
      cells.push_back(gain_text(against));
    }
    table.row(clean(results.variants[i].variant.label), cells);
  }
  return table.html();
}

std::string ranking_of(const Results& results, const std::string& metric) {
  std::string html = "<h3>Ranking, the lowest first</h3>\n<ol>\n";
  for (const RankText& rank : rank_texts(results, metric)) {
    html += fmt::format("<li value=\"{}\">{}</li>\n", rank.place, escaped(rank.text));
  }
  return html + "</ol>\n";
}

}  // namespace

std::string comparison_html(const Results& results, const ComparisonWish& wish) {
  const std::vector<std::string> metrics = compared_metrics(results, wish);
  HtmlPage page;
  page.kicker = title_of(results);
  page.finding =
      fmt::format("The lowest {}: {}", metrics.front(), lowest_text(results, metrics.front()));
  page.provenance = provenance(results);
  page.version = results.version;
  page.data = nlohmann::ordered_json::parse(comparison_json(results, wish)).dump();
  for (const std::string& metric : metrics) {
    const IntervalChart chart = chart_of(results, wish, metric);
    page.sections +=
        fmt::format("<section><h2>{}</h2>\n{}{}{}</section>\n", escaped(metric),
                    figure(chart.title + ", with its interval; an arrow: or farther", draw(chart)),
                    table_of(results, wish, metric), ranking_of(results, metric));
  }
  page.sections += fmt::format(
      "<section><h2>How this was made</h2>\n<p>{}</p>\n</section>\n",
      escaped(fmt::format(
          "Paired differences from the baseline over {}, in which all variants met "
          "the same random numbers; {} with 95 %. Gain: the variance on independent numbers over "
          "that on common ones. Values of counts and extremes are those of a replication on "
          "average. "
          "> and <: requests had not ended, so that the difference is a "
          "bound.",
          pairs_text(results, wish), shared_confidence_text(results))));
  return html_of(page);
}

}  // namespace sixslots::reports
