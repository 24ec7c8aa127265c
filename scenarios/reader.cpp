#include "scenarios/reader.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "scenarios/comparison.hpp"
#include "scenarios/document.hpp"
#include "scenarios/expectations.hpp"
#include "scenarios/named_paths.hpp"
#include "scenarios/scripted_page.hpp"
#include "scenarios/settings.hpp"
#include "scenarios/variants.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::size_t largest_file = 1 << 20;

std::string contents(const std::string& path) {
  const Position position{path, 0, 0};
  std::error_code unknown;  // what cannot be looked at cannot be opened either, which is reported
  if (std::filesystem::is_directory(path, unknown)) {
    throw Error(position, "this is a directory; name a scenario file in it");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(position, fmt::format("cannot be read: {}", std::strerror(errno)));
  std::string text(largest_file + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) throw Error(position, "cannot be read to its end");
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > largest_file) {
    throw Error(position, "is larger than 1MiB, which no scenario needs to be");
  }
  return text;
}

std::size_t items_of(const Value& table, std::string_view list) {
  const Value* given = find(table, list);
  return given == nullptr ? 0 : given->items.size();
}

/// One of everything for each `[[hop]]`, `[[request]]`, `[[tab]]` ... of the file, with nothing set
/// yet.
void make_room(Scenario& scenario, const Value& file) {
  models::WorldSpec& world = scenario.world;
  if (const std::size_t hops = items_of(file, "hop"); hops > 0) {
    world.hops.assign(hops, default_hop());
  }
  for (std::size_t i = 0; i < items_of(file, "request"); ++i) {
    world.requests.push_back(default_request(i));
  }
  for (std::size_t i = 0; i < items_of(file, "named_path"); ++i) {
    NamedPath& path = scenario.paths.emplace_back();
    path.hops.assign(items_of(find(file, "named_path")->items[i], "hop"), default_hop());
  }
  world.events.resize(items_of(file, "event"));
  if (const Value* fleet = find(file, "fleet")) {
    world.fleet.browsers.assign(items_of(*fleet, "browser"), default_browser_share());
  }
  std::size_t actions = 0;
  for (std::size_t i = 0; i < items_of(file, "tab"); ++i) {
    TabScript& tab = scenario.tabs.emplace_back();
    tab.actions.resize(items_of(find(file, "tab")->items[i], "action"));
    for (ScriptedAction& action : tab.actions) action.name = fmt::format("request-{}", ++actions);
  }
}

/// A file that takes a named path would have no use for hops of its own.
void refuse_two_paths(const Value& file, Problems& problems) {
  const Value* path = find(file, "path");
  if (path == nullptr || path->text == own_path || find(file, "hop") == nullptr) return;
  problems.add(path->position,
               fmt::format("path: \"{}\" has hops of its own; remove [[hop]] here, or make it a "
                           "[[named_path]] with [[named_path.hop]]",
                           path->text));
}

void set_all(Scenario& scenario, const Value& file, Problems& problems) {
  for (const Given& given : keys_given(file, problems)) {
    problems.collect(
        [&] { set(scenario, locate(given.path, scenario, given.value->position), *given.value); });
  }
}

}  // namespace

Scenario read_scenario(std::string_view text, const std::string& file_name) {
  const Value file = parse_toml(text, file_name);
  if (file.entries.empty()) {
    throw Error({file_name, 1, 1},
                "the file says nothing: a scenario needs at least one key, such as page.rows = 20; "
                "\"sixslots init\" prints a complete one to start from");
  }
  Scenario scenario = default_scenario();
  scenario.file = file_name;
  scenario.text = text;
  make_room(scenario, file);
  Problems problems;
  refuse_two_paths(file, problems);
  set_all(scenario, file, problems);
  compile_script(scenario);
  Problems of_compare;
  if (const Value* compare = find(file, "compare")) {
    scenario.compare = read_comparison(*compare, scenario, of_compare);
  }
  if (const Value* expect = find(file, "expect")) {
    const Selectors selectors = of_compare.empty() ? Selectors::checked : Selectors::skipped;
    scenario.expect = read_expectations(*expect, scenario, problems, selectors);
  }
  problems.add(of_compare);
  problems.check();
  check_variants(scenario);
  return scenario;
}

Scenario read_scenario_file(const std::string& path) { return read_scenario(contents(path), path); }

}  // namespace sixslots::scenarios
