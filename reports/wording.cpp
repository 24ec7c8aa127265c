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

/// How a compared value is spoken of: what stands before and after it, and how it follows another.
struct Speech {
  std::string_view key;
  std::string_view before;
  std::string_view after;
  std::string_view link;
};

constexpr Speech speeches[] = {
    {"page.design", "", "", ", "},
    {"hop.0.protocol", "over ", "", " "},
    {"browser.profile", "in ", "", " "},
    {"network.profile", "on ", "", " "},
    {"path", "on ", "", " "},
    {"page.rows", "", " rows", " at "},
    {"browser.tabs", "", " tabs", " in "},
};

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

/// Neighbours on an axis of numbers are named by the ends of their range: "1 to 5".
std::vector<std::string> value_names(const Axis& axis, const std::vector<std::size_t>& chosen) {
  const bool numbers = axis.values.front().find_first_of("0123456789") == 0;
  std::vector<std::string> names;
  for (std::size_t first = 0; first < chosen.size();) {
    std::size_t last = first;
    while (numbers && last + 1 < chosen.size() && chosen[last + 1] == chosen[last] + 1) ++last;
    if (last < first + 2) last = first;
    std::string name = in_prose(axis.key, axis.values[chosen[first]]);
    if (last > first) name += " to " + in_prose(axis.key, axis.values[chosen[last]]);
    names.push_back(std::move(name));
    first = last + 1;
  }
  return names;
}

/// Values of an axis: "over HTTP/1.1 or HTTP/2", "1 to 5 rows".
std::string values_phrase(const Axis& axis, const std::vector<std::size_t>& chosen,
                          std::string_view last) {
  constexpr std::size_t most_names = 5;
  std::vector<std::string> names = value_names(axis, chosen);
  if (names.size() > most_names) {
    const std::size_t more = names.size() - most_names;
    names.resize(most_names);
    names.push_back(fmt::format("{} more", more));
  }
  const std::string values = joined(names, last);
  const auto* speech = std::ranges::find(speeches, axis.key, &Speech::key);
  if (speech == std::end(speeches)) return fmt::format("{} {}", last_name(axis.key), values);
  std::string_view after = speech->after;
  if (values == "1" && after.ends_with('s')) after.remove_suffix(1);
  return fmt::format("{}{}{}", speech->before, values, after);
}

std::string design_of(const VariantView& view) {
  const models::Design* design = view.world().page.design;
  return design == nullptr ? "a script" : std::string(design->name);
}

/// Phrases for several axes, the design first, each linked to what stands before it.
class Phrases {
 public:
  void add(const std::string& key, const std::string& phrase) {
    if (key == "page.design") {
      design_ = phrase;
    } else {
      const auto* speech = std::ranges::find(speeches, key, &Speech::key);
      const bool known = speech != std::end(speeches);
      rest_.push_back({known ? speech->link : ", ", phrase, known && !speech->before.empty()});
    }
  }

  /// "over HTTP/2" says nothing alone: where the design is not compared, it is named all the same.
  [[nodiscard]] std::string text(const VariantView& one) const {
    std::string text = design_;
    if (text.empty() && !rest_.empty() && rest_.front().is_about) text = design_of(one);
    for (const Phrase& phrase : rest_) {
      if (!text.empty()) text += phrase.link;
      text += phrase.text;
    }
    return text;
  }

 private:
  struct Phrase {
    std::string_view link;
    std::string text;
    bool is_about = false;  ///< begins with a preposition
  };
  std::string design_;
  std::vector<Phrase> rest_;
};

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
  Phrases phrases;
  for (std::size_t a = 0; a < axes.size(); ++a) {
    if (taken[a].size() > 1 && taken[a].size() == axes[a].values.size()) continue;
    phrases.add(axes[a].key, values_phrase(axes[a], taken[a], last));
  }
  const std::string text = phrases.text(study.variants.front());
  return text.empty() ? "every variant" : text;
}

bool differ_in(const VariantView& a, const VariantView& b, std::size_t setting) {
  const auto& left = a.result->variant.settings;
  const auto& right = b.result->variant.settings;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if ((left[i] != right[i]) != (i == setting)) return false;
  }
  return true;
}

/// Not what is asked for at the price of a flow that gets nowhere, or of a slower or failing one.
bool does_no_harm(const Study& study, const VariantView& sick, const VariantView& other) {
  if (std::ranges::any_of(other.flows, leaves_undone)) return false;
  if (!study.has_flow()) return true;
  const FlowView& felt = study.felt(other);
  const MetricValue& before = study.felt(sick).p95;
  const bool is_slower =
      !before.is_bound() && felt.p95.value > std::max(tolerable_wait, 1.1 * before.value);
  return felt.fate <= std::max(study.fate(sick), Fate::slow) && !is_slower;
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
    return fmt::format("{} over {}", design_of(view),
                       protocol_name(view.world().hops.front().protocol));
  }
  Phrases phrases;
  for (const auto& [key, value] : settings) {
    phrases.add(key, values_phrase({key, {value}, {}}, {0}, "or"));
  }
  return phrases.text(view);
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

std::string part_of(std::uint64_t part, std::uint64_t all, std::string_view plural,
                    const Verb& verb) {
  return fmt::format("{} {}", part_of(part, all, plural), part == 1 ? verb.one : verb.many);
}

Verb failing(const VariantView& view, const FlowView& flow) {
  const bool all_in_storms = flow.statistics->failed == flow.statistics->storm_failed;
  if (!all_in_storms && refuses(view)) return {"is refused", "are refused"};
  return {"fails", "fail"};
}

std::string range_of(const Study& study, const Group& group, std::size_t flow,
                     MetricValue FlowView::*quantile) {
  std::vector<MetricValue> values;
  for (const std::size_t variant : group) {
    values.push_back(study.variants[variant].flows[flow].*quantile);
  }
  return short_range(values);
}

std::string median_of(const Study& study, const Group& group) {
  return range_of(study, group, study.flow, &FlowView::p50);
}

std::string takes(const std::string& one, const MetricValue& p50, const MetricValue& p95) {
  const std::string median = short_value(p50);
  const std::string most = short_value(p95);
  return fmt::format("{} takes {} at the median and {}at the 95th percentile", one, median,
                     most == median ? "" : most + " ");
}

bool have_the_same_events(const VariantView& one, const VariantView& other) {
  const auto& left = one.result->variant.settings;
  const auto& right = other.result->variant.settings;
  const auto is_another_event = [](const auto& a, const auto& b) {
    return a != b && a.first.starts_with("event.");
  };
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (is_another_event(left[i], right[i])) return false;
  }
  return true;
}

std::vector<Group> cures(const Study& study, std::size_t variant, const Predicate& does_better) {
  std::vector<Group> found;
  const VariantView& sick = study.variants[variant];
  const auto is_good = [&](const VariantView& view) {
    return have_the_same_events(sick, view) && does_better(view) && does_no_harm(study, sick, view);
  };
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
