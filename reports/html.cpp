#include "reports/html.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/charts/svg.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/style.hpp"
#include "reports/provenance.hpp"
#include "reports/study.hpp"
#include "reports/verdict.hpp"

namespace sixslots::reports {
namespace {

/// The first sentence of the verdict, and the others.
std::pair<std::string, std::string> title_and_rest(const std::string& verdict) {
  const std::size_t end = verdict.find(". ");
  if (end == std::string::npos) return {verdict, {}};
  return {verdict.substr(0, end + 1), verdict.substr(end + 2)};
}

/// For programs that find the page: what it shows.
std::string provenance_data(const scenarios::Results& results) {
  const nlohmann::ordered_json data = {{"tool", "sixslots"},
                                       {"version", results.version},
                                       {"scenario", results.scenario.file},
                                       {"hash", results.scenario_hash},
                                       {"seed", results.scenario.run.seed},
                                       {"replications", results.scenario.run.replications}};
  // Only ASCII, and no character that HTML could take for a tag.
  std::string text = data.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos;) {
    text.replace(at, 1, "\\u003c");
  }
  return text;
}

std::string head(const scenarios::Results& results, std::string_view finding) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; img-src data:\">\n"
      "<meta name=\"generator\" content=\"sixslots {}\">\n<title>{}</title>\n"
      "<link rel=\"icon\" href=\"data:,\">\n<style>{}</style>\n"
      "<script type=\"application/json\" id=\"provenance\">{}</script>\n</head>\n",
      escaped(results.version), escaped(finding), html_style, provenance_data(results));
}

}  // namespace

std::string html_report(const scenarios::Results& results) {
  const Study subject = study(results);
  const auto [finding, rest] = title_and_rest(verdict(subject));
  const bool bad = subject.has_flow() && subject.variants.size() > 0 &&
                   hangs(subject.fate(subject.variants[subject.worst]));
  std::string html = head(results, finding);
  html += fmt::format("<body>\n{}<main>\n<header>\n<p class=\"kicker\"><bdi>{}</bdi></p>\n",
                      html_patterns, escaped(title_of(results)));
  html += fmt::format("<h1>{}</h1>\n", escaped(finding));
  if (!rest.empty()) {
    html +=
        fmt::format("<div class=\"verdict{}\"><p>{}</p></div>\n", bad ? " bad" : "", escaped(rest));
  }
  html += fmt::format("<p class=\"provenance\">Simulated with {}</p>\n</header>\n",
                      escaped(provenance(results)));
  html += overview_section(subject);
  html += findings_section(subject);
  html += variants_section(subject);
  html += methods_section(subject);
  return html + "</main>\n</body>\n</html>\n";
}

}  // namespace sixslots::reports
