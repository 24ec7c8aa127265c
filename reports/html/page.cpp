#include "reports/html/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/charts/svg.hpp"
#include "reports/html/style.hpp"

namespace sixslots::reports {
namespace {

/// JSON in which HTML finds no tag.
std::string without_tags(std::string json) {
  for (std::size_t at = 0; (at = json.find('<', at)) != std::string::npos;) {
    json.replace(at, 1, "\\u003c");
  }
  return json;
}

std::string head(const HtmlPage& page) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; img-src data:\">\n"
      "<meta name=\"generator\" content=\"sixslots {}\">\n<title>{}</title>\n"
      "<link rel=\"icon\" href=\"data:,\">\n<style>{}</style>\n"
      "<script type=\"application/json\" id=\"provenance\">{}</script>\n</head>\n",
      escaped(page.version), escaped(page.finding), html_style, without_tags(page.data));
}

std::string caption_of(const LineChart& chart) {
  std::string caption = chart.title;
  if (has_bands(chart)) caption += fmt::format(". Band: {}", chart.band);
  const auto is_bound = [](const LineChart::Sample& sample) { return sample.censored; };
  const bool bounds = std::ranges::any_of(chart.series, [&](const LineChart::Series& series) {
    return std::ranges::any_of(series.samples, is_bound);
  });
  if (bounds) caption += fmt::format(". Arrow: {}", chart.bound);
  const auto has_knee = [](const LineChart::Series& series) { return series.knee.has_value(); };
  if (std::ranges::any_of(chart.series, has_knee)) caption += fmt::format(". Ring: {}", chart.ring);
  return caption + ".";
}

}  // namespace

std::string html_of(const HtmlPage& page) {
  std::string html = head(page);
  html += fmt::format("<body>\n{}<main>\n<header>\n<p class=\"kicker\"><bdi>{}</bdi></p>\n",
                      html_patterns, escaped(page.kicker));
  html += fmt::format("<h1>{}</h1>\n", escaped(page.finding));
  if (!page.rest.empty()) {
    html += fmt::format("<div class=\"verdict{}\"><p>{}</p></div>\n", page.bad ? " bad" : "",
                        escaped(page.rest));
  }
  html += fmt::format("<p class=\"provenance\">Simulated with {}</p>\n</header>\n",
                      escaped(page.provenance));
  return html + page.sections + "</main>\n</body>\n</html>\n";
}

std::string figure(std::string_view caption, const std::string& drawing) {
  if (drawing.empty()) return {};
  return fmt::format("<figure tabindex=\"0\"><figcaption>{}</figcaption>\n{}</figure>\n",
                     escaped(caption), drawing);
}

std::string figures(const std::vector<LineChart>& charts) {
  std::string html;
  for (const LineChart& chart : charts) html += figure(caption_of(chart), draw(chart));
  return html;
}

}  // namespace sixslots::reports
