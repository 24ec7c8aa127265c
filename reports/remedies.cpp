#include "reports/remedies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/findings.hpp"
#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

/// "An update is on display after 14 ms with A, and 20 ms with B (simulated here)"; empty: no
/// variant is good.
std::string simulated_changes(const Study& study, const Finding& finding,
                              const Predicate& is_good) {
  const Remedy& remedy = finding.remedy;
  std::vector<std::string> parts;
  for (const Group& group : cures(study, finding.variant, is_good)) {
    const std::string its = remedy.value(group);
    parts.push_back(fmt::format("{}{}with {}", its, its.empty() ? "" : " ", name_of(study, group)));
  }
  if (parts.empty()) return {};
  return sentence(fmt::format("{} {} (simulated here)", remedy.what, fmt::join(parts, ", and ")));
}

/// What could be simulated next.
std::string worth_comparing(const VariantView& view, const std::string& key) {
  const models::PageSpec& page = view.world().page;
  const bool design_matters = page.design != nullptr && page.rows > 0;
  if (key.empty()) {
    return design_matters ? "designs and protocols" : "protocols, browsers and paths";
  }
  return fmt::format("{}more of {}", design_matters ? "designs, and " : "", key);
}

std::string without_change(const Study& study, const Finding& finding) {
  const VariantView& sick = study.variants[finding.variant];
  const auto alike = static_cast<std::size_t>(std::ranges::count_if(
      study.variants, [&](const VariantView& other) { return have_the_same_events(sick, other); }));
  const bool are_all = alike == study.variants.size();
  if (alike == 1) {
    return fmt::format("Nothing else was simulated here{}; compare {}.",
                       are_all ? "" : " for this event", worth_comparing(sick, finding.remedy.key));
  }
  return fmt::format("None of the other variants simulated here {}does much better.",
                     are_all ? "" : "for this event ");
}

/// With every variant that does better, as far as one reads it.
bool median_changes(const Study& study, std::size_t variant, std::size_t flow,
                    const Predicate& is_good) {
  const auto median = [&](const Group& group) {
    return range_of(study, group, flow, &FlowView::p50);
  };
  return std::ranges::none_of(cures(study, variant, is_good), [&](const Group& group) {
    return median(group) == median({variant});
  });
}

}  // namespace

Remedy by_median(const Study& study, std::size_t variant, Predicate is_good, std::string_view key) {
  return by_median_of(study, variant, study.flow, std::move(is_good), key);
}

Remedy by_median_of(const Study& study, std::size_t variant, std::size_t flow, Predicate is_good,
                    std::string_view key) {
  const std::string one = noun_of(*study.variants[variant].flows[flow].flow).one;
  const bool at_median = median_changes(study, variant, flow, is_good);
  const auto quantile = at_median ? &FlowView::p50 : &FlowView::p95;
  return {std::move(is_good),
          fmt::format("at the {} {} takes", at_median ? "median" : "95th percentile", one),
          [&study, flow, quantile](const Group& group) {
            return range_of(study, group, flow, quantile);
          },
          std::string(key)};
}

std::string change_of(const Study& study, const Finding& finding) {
  const Predicate& is_good = finding.remedy.is_good;
  if (!is_good) return {};
  const auto is_free = [&](const VariantView& view) {
    const auto index = static_cast<std::size_t>(&view - study.variants.data());
    return is_good(view) && std::ranges::find(finding.also, index) == finding.also.end();
  };
  if (const std::string freed = simulated_changes(study, finding, is_free); !freed.empty()) {
    return freed + ".";
  }
  const std::string less = simulated_changes(study, finding, is_good);
  return less.empty() ? without_change(study, finding) : less + ": less, and no cure.";
}

}  // namespace sixslots::reports
