#include "scenarios/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/comparison.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/scale.hpp"
#include "scenarios/scripted_page.hpp"
#include "scenarios/settings.hpp"
#include "scenarios/units.hpp"
#include "scenarios/variants.hpp"

namespace sixslots::scenarios {
namespace {

using Texts = std::vector<std::string_view>;
using Written = std::vector<std::string>;

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

[[noreturn]] void fail_range(const Subject& subject) {
  fail(subject, fmt::format("a range goes from a lower to a higher number, in at most {} steps, "
                            "as in 1:64, 10:100:10 or 1:64:x2",
                            most_values));
}

/// 1, 2, 4, ... of `1:64:x2`; a factor may be broken.
std::vector<std::int64_t> multiplied(std::int64_t first, std::int64_t last, double factor,
                                     const Subject& subject) {
  if (factor < 1.001 || first <= 0) fail_range(subject);
  std::vector<std::int64_t> numbers;
  for (auto number = static_cast<double>(first); number < static_cast<double>(last) + 0.5;
       number *= factor) {
    const auto whole = static_cast<std::int64_t>(number + 0.5);
    if (numbers.empty() || numbers.back() != whole) numbers.push_back(whole);
    if (static_cast<std::int64_t>(numbers.size()) > most_values) fail_range(subject);
  }
  return numbers;
}

std::vector<std::int64_t> added(std::int64_t first, std::int64_t last, std::int64_t step,
                                const Subject& subject) {
  if (step <= 0 || (last - first) / step >= most_values) fail_range(subject);
  std::vector<std::int64_t> numbers;
  for (std::int64_t number = first; number <= last; number += step) {
    numbers.push_back(number);
    if (last - number < step) break;
  }
  return numbers;
}

/// `first:last:step` in the unit that all three are written in: five steps of 1/min are 5/min,
/// which millionths of an event per second are not. Empty where the units differ, or numbers are
/// too small or too large to be written out.
Written added_in_one_unit(const Texts& parts) {
  const std::optional<WrittenNumber> first = written_number(parts[0]);
  const std::optional<WrittenNumber> last = written_number(parts[1]);
  const std::optional<WrittenNumber> step = written_number(parts[2]);
  if (!first || !last || !step || first->unit != last->unit || first->unit != step->unit) return {};
  Written numbers;
  const double end = last->value + 1e-9 * step->value;  // what was added up may be a hair beyond
  for (int i = 0; first->value + i * step->value <= end; ++i) {
    const std::string number = fmt::format("{:.12g}", first->value + i * step->value);
    if (number.find('e') != std::string::npos) return {};  // values have no exponents
    numbers.push_back(fmt::format("{}{}", number, first->unit));
  }
  return numbers;
}

/// The numbers of `first:last`, `first:last:step` or `first:last:xFACTOR`, as a list has them.
Written range(const Texts& parts, const Scale& scale, const Subject& subject) {
  const std::int64_t first = scale.parse(parts[0], subject);
  const std::int64_t last = scale.parse(parts[1], subject);
  if (first < 0 || first > last || parts.size() > 3) fail_range(subject);
  // Only whole numbers have a natural step.
  if (parts.size() == 2 && !scale.whole) fail_range(subject);
  const bool factor = parts.size() > 2 && parts[2].starts_with('x');
  const std::vector<std::int64_t> numbers =
      factor ? multiplied(first, last, parse_number(parts[2].substr(1), subject), subject)
             : added(first, last, parts.size() == 2 ? 1 : scale.parse(parts[2], subject), subject);
  if (!factor && !scale.whole) {
    if (Written same = added_in_one_unit(parts); !same.empty()) return same;
  }
  Written texts;
  texts.reserve(numbers.size());
  for (const std::int64_t number : numbers) texts.push_back(scale.print(number));
  return texts;
}

}  // namespace

void apply_setting(Scenario& scenario, std::string_view setting) {
  const std::string settings[] = {std::string(setting)};
  apply_settings(scenario, settings);
}

void apply_settings(Scenario& scenario, std::span<const std::string> settings) {
  Scenario changed = scenario;
  Problems problems;
  const auto is_path = [](const std::string& setting) { return setting.starts_with("path="); };
  for (const bool paths : {true, false}) {  // a path brings the hops that others may be about
    for (const std::string& setting : settings) {
      if (is_path(setting) != paths) continue;
      problems.collect([&] { set_one(changed, setting, {"--set", 0, 0}); });
    }
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
    const Scale* scale = scale_of(*address.key);
    if (ends.size() > 1 && scale != nullptr) {
      for (const std::string& number : range(ends, *scale, {position, address.path})) {
        list.items.push_back(parse_unquoted(number, position));
      }
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
