#include "scenarios/variants.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/design.hpp"
#include "scenarios/checks.hpp"
#include "scenarios/names.hpp"
#include "scenarios/scripted_page.hpp"
#include "scenarios/settings.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::size_t most_variants = 10'000;

std::size_t number_of_variants(const Scenario& scenario) {
  std::size_t count = 1;
  for (const Axis& axis : scenario.compare) {
    count *= axis.values.size();
    if (count <= most_variants) continue;
    throw Error(axis.position,
                fmt::format("[compare] asks for more than {} variants", most_variants));
  }
  return count;
}

/// The last name of a key, for labels; the whole key where two compared keys end alike.
std::string short_name(const Axis& axis, const std::vector<Axis>& compare) {
  const auto last = [](const std::string& key) { return key.substr(key.rfind('.') + 1); };
  const auto ends_alike = [&](const Axis& a) { return last(a.key) == last(axis.key); };
  if (std::ranges::count_if(compare, ends_alike) > 1) return axis.key;
  std::string name = last(axis.key);
  std::ranges::replace(name, '_', ' ');
  return name;
}

/// A name speaks for itself; a number needs the key's: "polling", "rows 40".
std::string label_part(const Axis& axis, const std::string& value, const Scenario& scenario) {
  const Address address = locate(axis.key, scenario, axis.position);
  const std::string name = short_name(axis, scenario.compare);
  const bool whole_key = name == axis.key && axis.key != "path";
  const bool is_name = axis.key == "path" || std::holds_alternative<Choice>(address.key->field);
  if (is_name && !whole_key) return value;
  return fmt::format("{} {}", name, value);
}

Scenario single(const Scenario& scenario) {
  Scenario copy = scenario;
  copy.text.clear();
  copy.compare.clear();
  return copy;
}

std::string label_of(const models::WorldSpec& world) {
  const auto protocol =
      std::ranges::find(protocol_names, world.hops.at(0).protocol, &Named<Protocol>::value);
  const std::string_view design =
      world.page.design == nullptr ? "a script" : world.page.design->name;
  return fmt::format("{}, {}", design, protocol->name);
}

/// The variant of a number: its digits, in the mixed radix of the axes, choose the values.
Variant make_variant(const Scenario& scenario, const Scenario& base, std::size_t number) {
  Variant variant;
  variant.scenario = base;
  std::vector<std::size_t> digits;
  for (auto axis = scenario.compare.rbegin(); axis != scenario.compare.rend(); ++axis) {
    digits.push_back(number % axis->values.size());
    number /= axis->values.size();
  }
  for (const Axis& axis : scenario.compare) {
    const std::string& value = axis.values[digits.back()];
    digits.pop_back();
    variant.settings.push_back({axis.key, value});
    variant.label +=
        fmt::format("{}{}", variant.label.empty() ? "" : ", ", label_part(axis, value, scenario));
  }
  for (const bool paths : {true, false}) {  // a path brings the hops that other keys may be about
    for (std::size_t i = 0; i < scenario.compare.size(); ++i) {
      const Axis& axis = scenario.compare[i];
      if ((axis.key == "path") != paths) continue;
      set(variant.scenario, locate(axis.key, variant.scenario, axis.position),
          parse_unquoted(variant.settings[i].second, axis.position));
    }
  }
  compile_script(variant.scenario);
  if (scenario.compare.empty()) variant.label = label_of(base.world);
  return variant;
}

/// The complaints of a variant: its name is added where there are others; what several share is
/// told once.
void check_variant(const Variant& variant, Problems& problems, std::vector<std::string>& told) {
  Problems own;
  check(variant.scenario, own);
  for (const Problem& problem : own.found()) {
    if (std::ranges::find(told, problem.message) != told.end()) continue;
    told.push_back(problem.message);
    const std::string where =
        variant.settings.empty() ? "" : fmt::format("variant \"{}\": ", variant.label);
    problems.add(problem.position, where + problem.message);
  }
}

bool names(const Expectation& expectation, const Variant& variant) {
  const auto has = [&](const std::pair<std::string, std::string>& chosen) {
    return std::ranges::find(variant.settings, chosen) != variant.settings.end();
  };
  return !expectation.only_for.empty() && std::ranges::all_of(expectation.only_for, has);
}

}  // namespace

std::vector<Variant> variants(const Scenario& scenario) {
  const std::size_t count = number_of_variants(scenario);
  const Scenario base = single(scenario);
  std::vector<Variant> all;
  all.reserve(count);
  Problems problems;
  std::vector<std::string> told;
  for (std::size_t number = 0; number < count; ++number) {
    all.push_back(make_variant(scenario, base, number));
    check_variant(all.back(), problems, told);
  }
  problems.check();
  return all;
}

void check_variants(const Scenario& scenario) { static_cast<void>(variants(scenario)); }

std::vector<const Expectation*> expectations_for(const Variant& variant) {
  std::vector<const Expectation*> result;
  for (const Expectation& expectation : variant.scenario.expect) {
    const auto names_it = [&](const Expectation& sibling) {
      return sibling.metric == expectation.metric && names(sibling, variant);
    };
    const bool for_all = expectation.only_for.empty() && !expectation.otherwise;
    const bool for_rest =
        expectation.otherwise && std::ranges::none_of(variant.scenario.expect, names_it);
    if (for_all || for_rest || names(expectation, variant)) result.push_back(&expectation);
  }
  return result;
}

}  // namespace sixslots::scenarios
