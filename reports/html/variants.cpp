#include <fmt/format.h>

#include <algorithm>

#include "reports/charts/distribution_chart.hpp"
#include "reports/charts/svg.hpp"
#include "reports/charts/timeline_chart.hpp"
#include "reports/charts/waterfall_chart.hpp"
#include "reports/html/page.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/tables.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

/// More would not be looked at, and the file would not be small.
constexpr std::size_t most_drawn = 8;
constexpr std::size_t most_drawn_of_many = 4;

/// The worst first, then the best, then the others in their order.
std::vector<std::size_t> drawn_variants(const Study& study) {
  std::vector<std::size_t> drawn;
  const std::size_t most = study.variants.size() > most_drawn ? most_drawn_of_many : most_drawn;
  const auto add = [&](std::size_t variant) {
    const bool is_new = std::ranges::find(drawn, variant) == drawn.end();
    const bool recorded = !study.variants[variant].result->sample.records.empty();
    if (is_new && recorded && drawn.size() < most) drawn.push_back(variant);
  };
  if (study.variants.empty()) return drawn;
  add(study.worst);
  add(study.best);
  for (std::size_t i = 0; i < study.variants.size(); ++i) add(i);
  return drawn;
}

struct LegendEntry {
  std::string_view style;
  double height;
  std::string_view meaning;
};
constexpr LegendEntry legend_entries[] = {
    {"w", 5.0, "waits in the browser (stalled)"},
    {"c", 8.0, "connects"},
    {"s", 12.0, "sent, waits for the answer"},
    {"r", 12.0, "receives"},
    {"r open", 12.0, "still open when the run ends"},
    {"v", 12.0, "a row’s request that is never sent"},
    {"x", 12.0, "a user’s request that is never sent"},
    {"u", 12.0, "sent, never answered"},
};

std::string legend() {
  std::string html = "<ul class=\"legend\">\n";
  for (const LegendEntry& entry : legend_entries) {
    html += fmt::format(
        "<li><svg aria-hidden=\"true\" viewBox=\"0 0 26 13\"><rect class=\"{}\" x=\"1\" "
        "y=\"{}\" width=\"24\" height=\"{}\"/></svg>{}</li>\n",
        entry.style, (13.0 - entry.height) / 2.0, entry.height, entry.meaning);
  }
  return html + "</ul>\n";
}

std::string waterfall_caption(const VariantView& view, std::size_t shown) {
  const std::size_t all = view.result->sample.records.size();
  const bool many = view.world().fleet.users > 1;
  const std::string_view whose = many ? " of the first user" : "";
  if (shown == all) {
    return fmt::format("Requests{} in the first replication, as DevTools shows them.", whose);
  }
  return fmt::format(
      "{} of the {} requests{} in the first replication: those that ended badly, hold connections "
      "or took longest; the others are left out.",
      shown, all, whose);
}

std::string details(std::string_view summary, const std::string& content) {
  return fmt::format("<details><summary>{}</summary>\n{}</details>\n", summary, content);
}

std::string drawn(const Study& study, std::size_t index, bool first) {
  const VariantView& view = study.variants[index];
  const std::string distribution = distribution_chart(study, view);
  std::string html = fmt::format("<section{}><h3><bdi>{}</bdi></h3>\n",
                                 first ? "" : " class=\"new-page\"", escaped(name_of(view)));
  html += figure(waterfall_caption(view, waterfall_rows(study, view).size()),
                 waterfall_chart(study, view));
  html += details("The requests as a table", requests_html(study, view));
  html += figure(
      "What holds each connection, and how many are open and wait, over time; the first "
      "replication.",
      timeline_chart(view));
  html += details("The peaks as a table", levels_html(view));
  if (!distribution.empty()) {
    html += fmt::format(
        "<div class=\"pair\"><figure><figcaption>How long {} takes, all replications. Hatched: "
        "what the run did not see the end of.</figcaption>\n{}</figure>\n{}</div>\n",
        escaped(noun_of(*study.felt(view).flow).one), distribution, parts_html(study, view));
  }
  return html + "</section>\n";
}

}  // namespace

std::string variants_section(const Study& study) {
  const std::vector<std::size_t> all = drawn_variants(study);
  if (all.empty()) return {};
  std::string html = "<section class=\"new-page\"><h2>What happens in each variant</h2>\n";
  if (all.size() < study.variants.size()) {
    html += fmt::format(
        "<p class=\"note\">The worst, the best and others, {} of {} variants. To "
        "see another one, simulate it alone with --set.</p>\n",
        all.size(), study.variants.size());
  }
  html += legend();
  for (const std::size_t index : all) html += drawn(study, index, index == all.front());
  return html + "</section>\n";
}

}  // namespace sixslots::reports
