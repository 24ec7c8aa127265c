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

std::string interruption(const scenarios::Results& results) {
  if (!results.interrupted) return {};
  std::size_t asked_variants = 1;
  for (const scenarios::Axis& axis : results.scenario.compare) asked_variants *= axis.values.size();
  std::uint64_t replications = 0;
  for (const scenarios::VariantResult& one : results.variants) {
    replications += static_cast<std::uint64_t>(one.replications);
  }
  const auto asked = asked_variants * static_cast<std::size_t>(results.scenario.run.replications);
  std::string text =
      fmt::format("Interrupted: {} of {} replications were simulated, in {} of {} variants.",
                  replications, asked, results.variants.size(), asked_variants);
  const bool partial = replications == 1 && results.variants.front().sample.end <
                                                sim::start_of_time + results.scenario.run.duration;
  if (partial) {
    const sim::Duration seen = results.variants.front().sample.end - sim::start_of_time;
    text += fmt::format(" It ended after {} of {}.", short_duration(seen),
                        short_duration(results.scenario.run.duration));
  }
  return text;
}

std::string provenance(const scenarios::Results& results) {
  const scenarios::Scenario& scenario = results.scenario;
  const bool one_browser = std::ranges::find(scenario.compare, "browser.profile",
                                             &scenarios::Axis::key) == scenario.compare.end();
  return fmt::format("{}seed {}, {}, {}, {}scenario {}, sixslots {}",
                     results.interrupted ? "interrupted; " : "", scenario.run.seed,
                     counted(static_cast<std::uint64_t>(scenario.run.replications), "replication"),
                     short_duration(scenario.run.duration),
                     one_browser ? fmt::format("{}, ", scenario.world.browser.name) : "",
                     results.scenario_hash, results.version);
}

}  // namespace sixslots::reports
