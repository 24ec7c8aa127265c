#include "reports/provenance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

/// "chrome", "chrome and 30 % firefox"
std::string browsers_of(const models::WorldSpec& world) {
  std::string text(world.browser.name);
  for (const models::BrowserShare& other : world.fleet.browsers) {
    text += fmt::format(" and {:.3g} % {}", 100.0 * other.share.value, other.profile.name);
  }
  return text;
}

}  // namespace

std::string title_of(const scenarios::Results& results) {
  const std::string& title = results.scenario.title;
  return clean(title.empty() ? results.scenario.file : title);
}

std::string Replications::text() const {
  const std::string all = counted(static_cast<std::uint64_t>(most), "replication");
  return fewest == most ? all : fmt::format("{} to {}", fewest, all);
}

Replications replications_of(const scenarios::Results& results) {
  if (results.variants.empty()) return {};
  const auto [fewest, most] =
      std::ranges::minmax(results.variants, {}, &scenarios::VariantResult::replications);
  return {fewest.replications, most.replications};
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
  const bool open_end = results.scenario.run.precision.value > 0.0;  // they are as many as it takes
  std::string text =
      fmt::format("Interrupted: {} were simulated, in {} of {} variants.",
                  open_end ? counted(replications, "replication")
                           : fmt::format("{} of {}", replications, counted(asked, "replication")),
                  results.variants.size(), asked_variants);
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
                     replications_of(results).text(), short_duration(scenario.run.duration),
                     one_browser ? fmt::format("{}, ", browsers_of(scenario.world)) : "",
                     results.scenario_hash, results.version);
}

}  // namespace sixslots::reports
