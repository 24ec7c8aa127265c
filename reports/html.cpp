#include "reports/html.hpp"

#include <nlohmann/json.hpp>
#include <tuple>

#include "reports/grades.hpp"
#include "reports/html/page.hpp"
#include "reports/html/sections.hpp"
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

/// What the page shows.
std::string provenance_data(const scenarios::Results& results) {
  const nlohmann::ordered_json data = {{"tool", "sixslots"},
                                       {"version", results.version},
                                       {"scenario", results.scenario.file},
                                       {"hash", results.scenario_hash},
                                       {"seed", results.scenario.run.seed},
                                       {"replications", replications_of(results).most}};
  return data.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

std::string html_report(const scenarios::Results& results) {
  const Study subject = study(results);
  HtmlPage page;
  std::tie(page.finding, page.rest) = title_and_rest(verdict(subject));
  if (results.interrupted) page.rest += (page.rest.empty() ? "" : " ") + interruption(results);
  page.kicker = title_of(results);
  page.bad =
      subject.has_flow() && grade(subject, subject.variants[subject.worst]).grade == Grade::red;
  page.provenance = provenance(results);
  page.version = results.version;
  page.data = provenance_data(results);
  page.sections = overview_section(subject) + findings_section(subject) +
                  variants_section(subject) + methods_section(subject);
  return html_of(page);
}

}  // namespace sixslots::reports
