#include "scenarios/keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/key_tables.hpp"
#include "scenarios/question_sections.hpp"

namespace sixslots::scenarios {
namespace {

std::vector<Key> all_keys() {
  std::vector<Key> all;
  for (const auto part : {keys_of_run(), keys_of_browser(), keys_of_named_paths(),
                          keys_of_named_hops(), keys_of_network(), keys_of_hops(), keys_of_fleet(),
                          keys_of_page(), keys_of_requests(), keys_of_events(), keys_of_script()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace

std::span<const Key> keys() {
  static const std::vector<Key> all = all_keys();
  return all;
}

const Key* find_key(std::string_view path) {
  const auto found = std::ranges::find(keys(), path, &Key::path);
  return found == keys().end() ? nullptr : &*found;
}

bool presets_section(const Key& key) {
  const Choice* choice = std::get_if<Choice>(&key.field);
  return choice != nullptr && choice->effect == Effect::presets_section;
}

std::string_view section_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
}

std::string_view table_of(std::string_view path) {
  const std::string_view section = section_of(path);
  const std::size_t list = section.rfind(".N");
  return section.substr(0, list == std::string_view::npos ? section.find('.') : list + 2);
}

const Key* preset_of(const Key& key) {
  const auto sets_it = [&](const Key& other) {
    return presets_section(other) && section_of(other.path) == section_of(key.path);
  };
  const auto preset = std::ranges::find_if(keys(), sets_it);
  // How many tabs are open is not a matter of which browser it is.
  const bool about_tabs = key.path.substr(0, 11) == "browser.tab";
  const bool covered = preset != keys().end() && &*preset != &key && !about_tabs;
  return covered ? &*preset : nullptr;
}

std::string_view same_keys_as(std::string_view table) {
  return table == "named_path.N.hop.N" ? "hop.N" : std::string_view();
}

bool is_list(std::string_view section) {
  const std::string inside = fmt::format("{}.N.", section);
  return std::ranges::any_of(
      keys(), [&](const Key& key) { return key.path.substr(0, inside.size()) == inside; });
}

std::vector<std::string_view> names_in(std::string_view section) {
  const std::string prefix = section.empty() ? "" : fmt::format("{}.", section);
  std::vector<std::string_view> names;
  for (const Key& key : keys()) {
    if (key.path.substr(0, prefix.size()) != prefix) continue;
    const std::string_view behind = key.path.substr(prefix.size());
    const std::string_view name = behind.substr(0, behind.find('.'));
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  if (section.empty()) {
    for (const QuestionSection& question : question_sections()) names.push_back(question.name);
  }
  return names;
}

}  // namespace sixslots::scenarios
