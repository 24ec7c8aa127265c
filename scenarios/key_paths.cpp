#include "scenarios/key_paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenarios/error.hpp"
#include "scenarios/places.hpp"

namespace sixslots::scenarios {
namespace {

using Names = std::vector<std::string_view>;

/// "hop.0.rtt" -> "hop", "0", "rtt"
Names parts_of(std::string_view path) {
  Names parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t dot = std::min(path.find('.', begin), path.size());
    parts.push_back(path.substr(begin, dot - begin));
    begin = dot + 1;
  }
  return parts;
}

std::string joined(const Names& parts, std::size_t count) {
  std::string path;
  for (std::size_t i = 0; i < count; ++i) path += fmt::format("{}{}", i > 0 ? "." : "", parts[i]);
  return path;
}

/// The key table's names for a path: the part behind a list's name is its N.
Names like(const Names& parts) {
  Names result;
  std::string section;
  for (const std::string_view part : parts) {
    const bool which = is_list(section);
    result.push_back(which ? std::string_view("N") : part);
    section += fmt::format("{}{}", section.empty() ? "" : ".", result.back());
  }
  return result;
}

bool is_indexed(const Names& parts) { return parts.size() > 1 && is_list(parts[0]); }

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || stop != end) return std::nullopt;
  return value;
}

[[noreturn]] void fail_request_name(std::string_view name, const Scenario& scenario,
                                    const Subject& subject) {
  Names names;
  for (const auto& flow : scenario.world.requests) names.push_back(flow.name);
  const std::string rest = "the scenario has " + (names.empty() ? "none" : enumerate(names));
  fail(subject,
       fmt::format("no request is named '{}'{}", name, advice(nearest_name(name, names), rest)));
}

std::size_t count_of(std::string_view list, std::size_t tab, const Scenario& scenario) {
  if (list == "named_path") return scenario.paths.size();
  if (list == "hop") return scenario.world.hops.size();
  if (list == "request") return scenario.world.requests.size();
  if (list == "event") return scenario.world.events.size();
  if (list == "fleet.browser") return scenario.world.fleet.browsers.size();
  return list == "tab" ? scenario.tabs.size() : scenario.tabs[tab].actions.size();
}

/// Which hop, request, event, tab or action of a tab it is; a request may be named.
std::size_t index_of(std::string_view list, std::string_view which, std::size_t tab,
                     const Scenario& scenario, const Subject& subject) {
  const auto& flows = scenario.world.requests;
  const bool named = list == "request";
  const std::size_t count = count_of(list, tab, scenario);
  const std::optional<std::size_t> index = number(which);
  if (index && *index < count) return *index;
  for (std::size_t i = 0; named && i < flows.size(); ++i) {
    if (flows[i].name == which) return i;
  }
  if (named && !index) fail_request_name(which, scenario, subject);
  fail(subject, fmt::format("there is no {0}.{1}; the scenario has {2} [[{0}]], counted from 0",
                            list, which, count == 0 ? "no" : std::to_string(count)));
}

std::size_t hop_of_path(std::string_view which, std::size_t path, const Scenario& scenario,
                        const Subject& subject) {
  const std::size_t count = scenario.paths[path].hops.size();
  const std::optional<std::size_t> index = number(which);
  if (index && *index < count) return *index;
  fail(subject, fmt::format("there is no hop {} in named_path.{}; it has {}, counted from 0", which,
                            path, count));
}

/// With what follows a part that was misspelt, where that is known or can be corrected too:
/// "pag.rowz" was "page.rows".
std::string joined_as_far_as_known(Names parts, std::size_t count) {
  for (; count < parts.size(); ++count) {
    const std::string section = pattern(joined(parts, count));
    if (is_list(section) && count + 1 < parts.size()) continue;  // the part is its N
    const auto nearest = nearest_name(parts[count], names_in(section));
    if (!nearest) break;
    parts[count] = *nearest;
  }
  return joined(parts, count);
}

/// The key that was meant: one that differs little at that depth, or one of another section.
std::optional<std::string> likely_key(const Names& names, std::size_t depth, const Names& allowed) {
  if (const auto nearest = nearest_name(names[depth], allowed)) {
    Names corrected(names);
    corrected[depth] = *nearest;
    return joined_as_far_as_known(corrected, depth + 1);
  }
  for (const Key& key : keys()) {
    Names parts = parts_of(key.path);
    if (parts.back() != names.back()) continue;
    if (is_indexed(parts) && is_indexed(names) && parts[0] == names[0]) parts[1] = names[1];
    return joined(parts, parts.size());
  }
  Names ends;
  for (const Key& key : keys()) ends.push_back(parts_of(key.path).back());
  const auto end = nearest_name(names.back(), ends);
  if (!end) return std::nullopt;
  const auto at = std::ranges::find(ends, *end) - ends.begin();
  return std::string(keys()[static_cast<std::size_t>(at)].path);
}

}  // namespace

std::string pattern(std::string_view path) {
  const Names names = like(parts_of(path));
  return joined(names, names.size());
}

std::string by_name(std::string_view path, const Scenario& scenario) {
  Names parts = parts_of(path);
  if (parts.size() < 3 || parts[0] != "request") return std::string(path);
  const std::optional<std::size_t> index = number(parts[1]);
  if (index && *index < scenario.world.requests.size()) {
    parts[1] = scenario.world.requests[*index].name;
  }
  return joined(parts, parts.size());
}

std::string of_which_hop(std::string_view path) {
  const Names parts = parts_of(path);
  if (parts.size() < 3 || parts[0] != "hop" || parts[1] == "0") return {};
  return fmt::format(" of hop {}", parts[1]);
}

std::string section_name(std::string_view section) {
  if (section.empty()) return "a scenario";
  if (section.size() > 2 && section.substr(section.size() - 2) == ".N") {
    std::string name(section.substr(0, section.size() - 2));
    for (std::size_t n = 0; (n = name.find(".N")) != std::string::npos;) name.erase(n, 2);
    return fmt::format("[[{}]]", name);
  }
  const bool top = section.find('.') == std::string_view::npos;
  return top ? fmt::format("[{}]", section) : fmt::format("'{}'", section);
}

std::string unknown_key(std::string_view path) {
  const Names names = parts_of(path);
  if (is_indexed(names) && names.size() == 2) {
    return fmt::format("unknown key '{0}'; say of which {1}, as in '{1}.0.{2}'", path, names[0],
                       names_in(fmt::format("{}.N", names[0])).at(0));
  }
  const std::string like = pattern(path);
  const Names like_names = parts_of(like);
  std::size_t depth = names.size() - 1;
  while (depth > 0 && names_in(joined(like_names, depth)).empty()) --depth;
  const std::string section = joined(like_names, depth);
  const Names allowed = names_in(section);
  const std::string rest = fmt::format("{} has {}", section_name(section), enumerate(allowed));
  return fmt::format("unknown key '{}'{}", path, advice(likely_key(names, depth, allowed), rest));
}

Address locate(std::string_view path, const Scenario& scenario, const Position& position) {
  const Key* key = find_key(pattern(path));
  if (key == nullptr) throw Error(position, unknown_key(path));
  Names parts = parts_of(path);
  const Subject subject{position, std::string(path)};
  constexpr std::string_view others = "fleet.browser";
  if (parts.size() > 3 && path.starts_with(others)) {
    const std::size_t index = index_of(others, parts[2], 0, scenario, subject);
    const std::string which = std::to_string(index);
    parts[2] = which;
    return {key, index, joined(parts, parts.size())};
  }
  if (!is_indexed(parts)) return {key, 0, std::string(path)};
  std::size_t index = index_of(parts[0], parts[1], 0, scenario, subject);
  const std::string first = std::to_string(index);
  parts[1] = first;
  if (parts.size() > 4 && parts[0] == "tab") {
    index = index * actions_of_a_tab + index_of("action", parts[3], index, scenario, subject);
  }
  if (parts.size() > 4 && parts[0] == "named_path") {
    index = index * hops_of_a_path + hop_of_path(parts[3], index, scenario, subject);
  }
  return {key, index, joined(parts, parts.size())};
}

}  // namespace sixslots::scenarios
