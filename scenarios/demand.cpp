#include "scenarios/demand.hpp"

#include "models/world.hpp"
#include "scenarios/experiment.hpp"

namespace sixslots::scenarios {
namespace {

/// The same page where nothing has a limit and nothing happens, for one user with the fewest tabs:
/// the others add as much.
models::WorldSpec without_limits(const models::WorldSpec& spec) {
  constexpr int plenty = 1'000'000;
  models::WorldSpec world = spec;
  world.fleet = {};
  world.events.clear();
  world.browser.connections_per_origin = world.browser.connections_total = plenty;
  world.browser.http2_streams_default = plenty;
  world.browser.http2_streams_cap = 0;
  world.browser.web_socket.limit = plenty;
  for (models::HopSpec& hop : world.hops) {
    if (hop.max_concurrent_streams) hop.max_concurrent_streams = plenty;
    hop.executing_streams = hop.connections_per_client = 0;
    hop.read_timeout = hop.response_timeout = hop.queue_timeout = {};
    hop.workers = hop.connections = hop.upstream_connections = hop.upstream_requests = 0;
  }
  return world;
}

}  // namespace

bool has_rows(const models::WorldSpec& world) {
  return world.page.rows > 0 && world.scripted.empty();
}

Demand measure_demand(const Scenario& scenario, const std::function<bool(double)>& goes_on) {
  models::WorldSpec spec = without_limits(scenario.world);
  if (!has_rows(spec)) return {};
  const int rows = spec.page.rows;
  const int other = rows > 1 ? rows / 2 : 2;
  models::RunSpec run = replication(scenario.run, 0);
  run.warm_up = run.duration / 2;
  run.goes_on = goes_on;
  const double held = models::run(spec, run).held_mean;
  spec.page.rows = other;
  const double held_by_other = models::run(spec, run).held_mean;
  const double slope = (held - held_by_other) / static_cast<double>(rows - other);
  const double by_tab = slope / spec.tabs + 0.0;  // no -0
  spec.page.rows = rows;
  const int most_tabs = scenario.world.fleet.most_tabs;
  if (most_tabs <= spec.tabs) return {held, by_tab};
  // All numbers of tabs are as likely.
  spec.tabs = most_tabs;
  return {0.5 * (held + models::run(spec, run).held_mean), by_tab};
}

}  // namespace sixslots::scenarios
