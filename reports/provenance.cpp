#include "reports/provenance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {

std::string title_of(const scenarios::Results& results) {
  const std::string& title = results.scenario.title;
  return clean(title.empty() ? results.scenario.file : title);
}

std::string provenance(const scenarios::Results& results) {
  const scenarios::Scenario& scenario = results.scenario;
  const bool one_browser = std::ranges::find(scenario.compare, "browser.profile",
                                             &scenarios::Axis::key) == scenario.compare.end();
  return fmt::format("seed {}, {}, {}, {}scenario {}, sixslots {}", scenario.run.seed,
                     counted(static_cast<std::uint64_t>(scenario.run.replications), "replication"),
                     short_duration(scenario.run.duration),
                     one_browser ? fmt::format("{}, ", scenario.world.browser.name) : "",
                     results.scenario_hash, results.version);
}

}  // namespace sixslots::reports
