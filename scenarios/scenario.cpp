#include "scenarios/scenario.hpp"

#include "models/design.hpp"

namespace sixslots::scenarios {

Scenario default_scenario() {
  Scenario scenario;
  scenario.world.browser = models::browser_profiles().front();
  scenario.world.network = models::networks().front();
  scenario.world.hops = {default_hop()};
  scenario.world.page.design = &models::designs().front();
  return scenario;
}

models::HopSpec default_hop() { return models::servers().front(); }

models::BrowserShare default_browser_share() { return {models::browser_profiles().front(), {}}; }

models::RequestFlow default_request(std::size_t index) {
  models::RequestFlow flow;
  flow.name = "request-" + std::to_string(index + 1);
  return flow;
}

}  // namespace sixslots::scenarios
