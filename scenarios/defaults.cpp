#include "scenarios/defaults.hpp"

#include "scenarios/key_values.hpp"

namespace sixslots::scenarios {
namespace {

/// Examples that say more than the default: together they are a button that is clicked.
struct Example {
  std::string_view path;
  std::string_view value;
};

constexpr Example examples[] = {
    {"path", "\"cdn-h2\""},
    {"named_path.N.name", "\"our-staging\""},
    {"title", "\"Twenty panes that show live data, and a button\""},
    {"request.N.name", "\"click\""},
    {"request.N.method", "\"POST\""},
    {"request.N.by_user", "true"},
    {"request.N.arrivals.at", "[\"10s\", \"12s\"]"},
    {"request.N.arrivals.every", "\"5s\""},
    {"fleet.browser.N.profile", "\"firefox\""},
    {"fleet.browser.N.share", "\"20 %\""},
    {"tab.N.action.N.name", "\"click\""},
    {"tab.N.action.N.at", "\"2s\""},
    {"tab.N.action.N.target", "\"stream-1\""},
};

/// A scenario that has every key, none of them set.
Scenario nothing_set() {
  Scenario scenario = default_scenario();
  scenario.world.requests.push_back(default_request(0));
  scenario.world.events.emplace_back();
  scenario.world.fleet.browsers.push_back(default_browser_share());
  scenario.paths.emplace_back().hops.push_back(default_hop());
  scenario.tabs.emplace_back().actions.emplace_back();
  return scenario;
}

}  // namespace

std::string default_value(const Key& key) {
  Scenario scenario = nothing_set();
  const std::string text = print_value(key, scenario, 0);
  const Value value = parse_toml("value = " + text, "").entries.at(0).value;
  try {
    assign(key, scenario, 0, value, {});
  } catch (const Error&) {
    return "";  // what stands for "not given" may not be written
  }
  return text;
}

std::string example_value(const Key& key) {
  for (const Example& example : examples) {
    if (example.path == key.path) return std::string(example.value);
  }
  return default_value(key);
}

std::string value_of_preset(const Key& key, std::string_view preset) {
  Scenario scenario = nothing_set();
  std::get<Choice>(preset_of(key)->field).choose(scenario, 0, preset);
  return print_value(key, scenario, 0);
}

}  // namespace sixslots::scenarios
