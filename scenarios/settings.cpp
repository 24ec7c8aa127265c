#include "scenarios/settings.hpp"

#include <algorithm>

#include "scenarios/key_values.hpp"

namespace sixslots::scenarios {
namespace {

void note(Scenario& scenario, const Setting& setting) {
  const auto old = std::ranges::find(scenario.settings, setting.key, &Setting::key);
  if (old != scenario.settings.end()) scenario.settings.erase(old);
  scenario.settings.push_back(setting);
}

/// Sets again what a preset has just covered: all other settings of its section.
void restore_section(Scenario& scenario, const std::string& preset) {
  const std::vector<Setting> settings = scenario.settings;
  for (const Setting& setting : settings) {
    if (setting.key == preset || section_of(setting.key) != section_of(preset)) continue;
    const Address address = locate(setting.key, scenario, setting.position);
    assign(*address.key, scenario, address.index, parse_unquoted(setting.value, setting.position),
           {setting.position, setting.key});
  }
}

}  // namespace

void set(Scenario& scenario, const Address& address, const Value& value) {
  assign(*address.key, scenario, address.index, value, {value.position, address.path});
  note(scenario, {address.path, written(value), value.position});
  if (presets_section(*address.key)) restore_section(scenario, address.path);
}

Position position_of(const Scenario& scenario, std::string_view path) {
  const auto found = std::ranges::find(scenario.settings, path, &Setting::key);
  return found == scenario.settings.end() ? Position{scenario.file, 0, 0} : found->position;
}

}  // namespace sixslots::scenarios
