#include "scenarios/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/comparison.hpp"
#include "scenarios/scripted_page.hpp"
#include "scenarios/settings.hpp"
#include "scenarios/units.hpp"
#include "scenarios/variants.hpp"

namespace sixslots::scenarios {
namespace {

using Texts = std::vector<std::string_view>;

constexpr std::int64_t most_values = 10'000;

/// The two sides of `key=value`.
std::pair<std::string_view, std::string_view> sides(std::string_view text, const Position& position,
                                                    std::string_view example) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    throw Error(position,
                fmt::format("\"{}\" is not of the form key=value; an example: {}", text, example));
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void set_one(Scenario& scenario, std::string_view setting, const Position& position) {
  const auto [key, text] = sides(setting, position, "page.rows=40");
  const Address address = locate(key, scenario, position);
  const Value value = parse_unquoted(text, position);
  set(scenario, address, value);
  const auto axis = std::ranges::find(scenario.compare, address.path, &Axis::key);
  if (axis != scenario.compare.end()) *axis = {address.path, {written(value)}, position};
}

/// Splits at a character that is not inside brackets.
Texts split_outside_brackets(std::string_view text, char separator) {
  Texts parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[' || text[i] == '{') ++depth;
    if (text[i] == ']' || text[i] == '}') --depth;
    if (text[i] != separator || depth > 0) continue;
    parts.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

bool takes_whole_numbers(const Key& key) {
  return std::holds_alternative<Place<int>>(key.field) ||
         std::holds_alternative<Place<std::optional<int>>>(key.field) ||
         std::holds_alternative<Place<std::uint64_t>>(key.field);
}

/// The numbers of `first:last` or `first:last:step`.
std::vector<Value> range(const Texts& ends, const Subject& subject) {
  const std::int64_t first = parse_count(ends[0], subject);
  const std::int64_t last = parse_count(ends[1], subject);
  const std::int64_t step = ends.size() > 2 ? parse_count(ends[2], subject) : 1;
  const bool in_limits = first >= 0 && first <= last && step > 0;
  if (!in_limits || ends.size() > 3 || (last - first) / step >= most_values) {
    fail(subject, fmt::format("a range goes from a lower to a higher number, in at most {} steps, "
                              "as in 1:64 or 10:100:10",
                              most_values));
  }
  std::vector<Value> values;
  values.reserve(static_cast<std::size_t>((last - first) / step + 1));
  for (std::int64_t number = first; number <= last; number += step) {
    values.push_back(parse_unquoted(std::to_string(number), subject.position));
    if (last - number < step) break;
  }
  return values;
}

}  // namespace

void apply_setting(Scenario& scenario, std::string_view setting) {
  const std::string settings[] = {std::string(setting)};
  apply_settings(scenario, settings);
}

void apply_settings(Scenario& scenario, std::span<const std::string> settings) {
  Scenario changed = scenario;
  Problems problems;
  for (const std::string& setting : settings) {
    problems.collect([&] { set_one(changed, setting, {"--set", 0, 0}); });
  }
  problems.check();
  compile_script(changed);
  check_variants(changed);
  scenario = changed;
}

void apply_variation(Scenario& scenario, std::string_view variation) {
  const Position position{"--vary", 0, 0};
  const auto [key, text] = sides(variation, position, "page.design=polling,websocket");
  const Address address = locate(key, scenario, position);
  Value list;
  list.type = Value::Type::list;
  list.position = position;
  for (const std::string_view part : split_outside_brackets(text, ',')) {
    const Texts ends = split_outside_brackets(part, ':');
    if (ends.size() > 1 && takes_whole_numbers(*address.key)) {
      const std::vector<Value> numbers = range(ends, {position, address.path});
      list.items.insert(list.items.end(), numbers.begin(), numbers.end());
    } else {
      list.items.push_back(parse_unquoted(part, position));
    }
  }
  Scenario changed = scenario;
  put_axis(changed, make_axis(address.path, list, position, scenario));
  check_variants(changed);
  scenario = changed;
}

}  // namespace sixslots::scenarios
