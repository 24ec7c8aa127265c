#include "reports/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/design.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "scenarios/names.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Axis;
using scenarios::MetricValue;

/// Where a compared value stands in a sentence.
struct Preposition {
  std::string_view key;
  std::string_view text;
};

constexpr Preposition prepositions[] = {
    {"page.design", ""},
    {"hop.0.protocol", "over "},
    {"browser.profile", "in "},
    {"network.profile", "on "},
};

bool is_design(const Axis& axis) { return axis.key == "page.design"; }

std::string last_name(std::string_view key) {
  std::string name(key.substr(key.rfind('.') + 1));
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string in_prose(const std::string& key, const std::string& value) {
  if (key != "hop.0.protocol") return clean(value);
  const auto* named = std::ranges::find(scenarios::protocol_names, value,
                                        &scenarios::Named<models::Protocol>::name);
  if (named == scenarios::protocol_names.end()) return clean(value);
  return std::string(protocol_name(named->value));
}

/// Values of an axis: "a, b or c", "6 to 64", with what goes before them.
std::string values_phrase(const Axis& axis, const std::vector<std::size_t>& chosen,
                          std::string_view last) {
  const auto* preposition = std::ranges::find(prepositions, axis.key, &Preposition::key);
  const bool known = preposition != std::end(prepositions);
  const std::string before = known ? std::string(preposition->text) : last_name(axis.key) + " ";
  const auto value = [&](std::size_t i) { return in_prose(axis.key, axis.values[i]); };
  const std::size_t length = chosen.back() - chosen.front() + 1;
  const bool numbers = axis.values.front().find_first_of("0123456789") == 0;
  if (numbers && length == chosen.size() && length > 2) {
    return fmt::format("{}{} to {}", before, value(chosen.front()), value(chosen.back()));
  }
  constexpr std::size_t most_names = 5;
  std::vector<std::string> names;
  for (const std::size_t i : chosen) {
    if (names.size() < most_names) names.push_back(value(i));
  }
  if (chosen.size() > most_names)
    names.push_back(fmt::format("{} more", chosen.size() - most_names));
  return before + joined(names, last);
}

/// For each axis the values that a group takes.
std::vector<std::vector<std::size_t>> values_taken(const Study& study, const Group& group) {
  const std::vector<Axis>& axes = study.results->scenario.compare;
  std::vector<std::vector<std::size_t>> taken(axes.size());
  for (std::size_t a = 0; a < axes.size(); ++a) {
    for (std::size_t i = 0; i < axes[a].values.size(); ++i) {
      const std::pair<std::string, std::string> setting{axes[a].key, axes[a].values[i]};
      const bool is_taken = std::ranges::any_of(group, [&](std::size_t variant) {
        const auto& settings = study.variants[variant].result->variant.settings;
        return std::ranges::find(settings, setting) != settings.end();
      });
      if (is_taken) taken[a].push_back(i);
    }
  }
  return taken;
}

/// The group as a product of values: "a or b over HTTP/1.1"; axes it takes wholly are not named.
std::string product_phrase(const Study& study, const std::vector<std::vector<std::size_t>>& taken,
                           std::string_view last) {
  const std::vector<Axis>& axes = study.results->scenario.compare;
  std::string first;
  std::vector<std::string> rest;
  for (std::size_t a = 0; a < axes.size(); ++a) {
    if (taken[a].size() > 1 && taken[a].size() == axes[a].values.size()) continue;
    const std::string phrase = values_phrase(axes[a], taken[a], last);
    if (is_design(axes[a])) {
      first = phrase;
    } else {
      rest.push_back(phrase);
    }
  }
  if (first.empty() && rest.empty()) return "every variant";
  if (rest.empty()) return first;
  return first.empty() ? fmt::format("{}", fmt::join(rest, " "))
                       : fmt::format("{} {}", first, fmt::join(rest, " "));
}

bool differ_in(const VariantView& a, const VariantView& b, std::size_t setting) {
  const auto& left = a.result->variant.settings;
  const auto& right = b.result->variant.settings;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if ((left[i] != right[i]) != (i == setting)) return false;
  }
  return true;
}

}  // namespace

std::string_view protocol_name(models::Protocol protocol) {
  switch (protocol) {
    case models::Protocol::http1:
      return "HTTP/1.1";
    case models::Protocol::http2:
      return "HTTP/2";
    case models::Protocol::http3:
      break;
  }
  return "HTTP/3";
}

std::string name_of(const VariantView& view) {
  const auto& settings = view.result->variant.settings;
  if (settings.empty()) {
    const models::WorldSpec& world = view.world();
    return fmt::format("{} over {}",
                       world.page.design == nullptr ? "no design" : world.page.design->name,
                       protocol_name(world.hops.front().protocol));
  }
  std::string design;
  std::vector<std::string> rest;
  for (const auto& [key, value] : settings) {
    const Axis axis{key, {value}, {}};
    (is_design(axis) ? design : rest.emplace_back()) = values_phrase(axis, {0}, "or");
  }
  if (!design.empty()) rest.insert(rest.begin(), design);
  return fmt::format("{}", fmt::join(rest, " "));
}

std::string name_of(const Study& study, const Group& group, std::string_view last) {
  if (group.size() == 1) return name_of(study.variants[group.front()]);
  const auto taken = values_taken(study, group);
  std::size_t combinations = 1;
  for (const auto& values : taken) combinations *= std::max<std::size_t>(values.size(), 1);
  if (!taken.empty() && combinations == group.size()) return product_phrase(study, taken, last);
  constexpr std::size_t most_names = 3;
  std::vector<std::string> names;
  for (const std::size_t variant : group) {
    if (names.size() < most_names) names.push_back(name_of(study.variants[variant]));
  }
  if (group.size() > most_names) {
    names.push_back(fmt::format("{} more variants", group.size() - most_names));
  }
  return joined(names, last);
}

Noun noun_of(const models::RequestFlow& flow) {
  if (flow.name == "click") return {"the click", "clicks"};
  const std::string name = clean(flow.name);
  return {fmt::format("the request “{}”", name), fmt::format("“{}” requests", name)};
}

std::string part_of(std::uint64_t part, std::uint64_t all, std::string_view plural) {
  if (part == all)
    return all == 1 ? fmt::format("the only one of the {}", plural)
                    : fmt::format("all {} {}", all, plural);
  return fmt::format("{} of {} {}", part, all, plural);
}

std::string median_of(const Study& study, const Group& group) {
  std::vector<MetricValue> medians;
  for (const std::size_t variant : group)
    medians.push_back(study.felt(study.variants[variant]).p50);
  return short_range(medians) + " at the median";
}

std::vector<Group> cures(const Study& study, std::size_t variant, const Predicate& is_good) {
  std::vector<Group> found;
  const VariantView& sick = study.variants[variant];
  for (std::size_t setting = 0; setting < sick.result->variant.settings.size(); ++setting) {
    Group group;
    for (std::size_t i = 0; i < study.variants.size(); ++i) {
      const VariantView& view = study.variants[i];
      if (differ_in(sick, view, setting) && is_good(view)) group.push_back(i);
    }
    if (!group.empty()) found.push_back(group);
  }
  if (found.empty() && study.best != variant && is_good(study.variants[study.best])) {
    found.push_back({study.best});
  }
  return found;
}

std::string sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

}  // namespace sixslots::reports
