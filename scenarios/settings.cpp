#include "scenarios/settings.hpp"

#include <algorithm>

#include "scenarios/key_values.hpp"
#include "scenarios/named_paths.hpp"

namespace sixslots::scenarios {
namespace {

void note(Scenario& scenario, const Setting& setting) {
  const auto old = std::ranges::find(scenario.settings, setting.key, &Setting::key);
  if (old != scenario.settings.end()) scenario.settings.erase(old);
  scenario.settings.push_back(setting);
}

void assign_again(Scenario& scenario, const Setting& setting) {
  const Address address = locate(setting.key, scenario, setting.position);
  assign(*address.key, scenario, address.index, parse_unquoted(setting.value, setting.position),
         {setting.position, setting.key});
}

/// Sets again what a preset has just covered: all other settings of its section.
void restore_section(Scenario& scenario, const std::string& preset) {
  const std::vector<Setting> settings = scenario.settings;
  for (const Setting& setting : settings) {
    if (setting.key == preset || section_of(setting.key) != section_of(preset)) continue;
    assign_again(scenario, setting);
  }
}

/// A path that is in use has changed: its hops are taken anew, and what is set of them besides.
void refresh_path(Scenario& scenario) {
  const std::vector<Setting> settings = scenario.settings;
  take_path(scenario);
  for (const Setting& setting : settings) {
    if (!setting.key.starts_with("hop.")) continue;
    assign_again(scenario, setting);
    note(scenario, setting);
  }
}

}  // namespace

void set(Scenario& scenario, const Address& address, const Value& value) {
  assign(*address.key, scenario, address.index, value, {value.position, address.path});
  note(scenario, {address.path, written(value), value.position});
  if (presets_section(*address.key)) restore_section(scenario, address.path);
  const bool of_a_path = address.path.starts_with("named_path.");
  if (of_a_path && scenario.path != own_path) refresh_path(scenario);
}

void restore(Scenario& scenario, std::string_view prefix) {
  const std::vector<Setting> settings = scenario.settings;
  for (const Setting& setting : settings) {
    if (setting.key.starts_with(prefix)) assign_again(scenario, setting);
  }
}

Position position_of(const Scenario& scenario, std::string_view path) {
  const auto found = std::ranges::find(scenario.settings, path, &Setting::key);
  return found == scenario.settings.end() ? Position{scenario.file, 0, 0} : found->position;
}

}  // namespace sixslots::scenarios
