#include "scenarios/baseline_drift.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/statistics/metric_intervals.hpp"

namespace sixslots::scenarios {
namespace {

using Measure = Baseline::Measure;
using OfVariant = Baseline::OfVariant;

double mean(std::span<const double> values) {
  return values.empty() ? std::numeric_limits<double>::quiet_NaN() : estimate(values).value;
}

/// The replications in which both have a value.
struct Pairs {
  std::vector<double> before;
  std::vector<double> after;
  std::vector<double> differences;
  bool one_sided = false;  ///< something was measured before or after, but never both times

  Pairs(const std::vector<double>& old, const std::vector<double>& now) {
    bool any = false;
    for (std::size_t i = 0; i < std::min(old.size(), now.size()); ++i) {
      any = any || std::isnan(old[i]) != std::isnan(now[i]);
      if (std::isnan(old[i]) || std::isnan(now[i])) continue;
      before.push_back(old[i]);
      after.push_back(now[i]);
      differences.push_back(now[i] - old[i]);
    }
    one_sided = any && differences.empty();
  }

  [[nodiscard]] bool differ(std::optional<Interval>& interval) const {
    if (one_sided) return true;
    if (differences.size() < static_cast<std::size_t>(fewest_replications)) {
      return std::ranges::any_of(differences, [](double d) { return d != 0.0; });
    }
    interval = estimate(differences).interval(drift_confidence);
    return !interval->holds(0.0);
  }
};

/// Compares variant by variant and measure by measure.
class Comparing {
 public:
  Comparing(Drift& drift, double tolerance) : drift_(drift), tolerance_(tolerance) {}

  void compare(const OfVariant& before, const VariantResult& after) {
    for (const Measure& measure : before.measures) {
      const std::optional<Measure> now = measure_of(after, measure.metric);
      if (!now) {
        drift_.gone.push_back(fmt::format("{} of {}", measure.metric, before.label));
      } else {
        compare(measure, now->values, after);
      }
    }
  }

 private:
  void compare(const Measure& before, const std::vector<double>& now, const VariantResult& after) {
    const Pairs pairs(before.values, now);
    Moved moved;
    if (!pairs.differ(moved.interval)) return;
    moved.variant = after.variant.label;
    moved.metric = after.metric(before.metric).info;
    moved.before = pairs.one_sided ? mean_of_known(before.values) : mean(pairs.before);
    moved.after = pairs.one_sided ? mean_of_known(now) : mean(pairs.after);
    moved.position = before.position;
    const bool tolerated = std::abs(moved.relative_change()) <= tolerance_;
    (tolerated ? drift_.tolerated : drift_.moved).push_back(std::move(moved));
  }

  static double mean_of_known(const std::vector<double>& values) {
    std::vector<double> known;
    std::ranges::copy_if(values, std::back_inserter(known),
                         [](double value) { return !std::isnan(value); });
    return mean(known);
  }

  Drift& drift_;
  double tolerance_;
};

/// Everything to the last bit, as far as both were simulated.
bool is_identical(const Baseline& before, const Baseline& after) {
  if (before.results == after.results) return true;
  const bool quick = std::ranges::all_of(
      after.variants, [](const OfVariant& v) { return v.replications == quick_replications; });
  return quick && before.first_results == after.first_results;
}

void compare_variants(const Baseline& before, const Results& results, Comparing& comparing,
                      Drift& drift) {
  for (const VariantResult& result : results.variants) {
    const std::string& label = result.variant.label;
    const auto old = std::ranges::find(before.variants, label, &OfVariant::label);
    if (old == before.variants.end()) {
      drift.without_baseline.push_back(label);
      continue;
    }
    const int pairs = std::min(old->replications, result.replications);
    drift.compared = std::max(drift.compared, static_cast<std::size_t>(pairs));
    if (!drift.identical) comparing.compare(*old, result);
  }
  for (const OfVariant& variant : before.variants) {
    const bool there = std::ranges::any_of(results.variants, [&](const VariantResult& result) {
      return result.variant.label == variant.label;
    });
    if (!there) drift.gone.push_back(variant.label);
  }
}

}  // namespace

double Moved::relative_change() const {
  if (change() == 0.0) return 0.0;
  const bool known = before != 0.0 && !std::isnan(change());
  return known ? change() / std::abs(before) : std::numeric_limits<double>::infinity();
}

Drift drift_from(const Baseline& before, const Results& results, double tolerance) {
  const Baseline after = baseline_of(results);
  Drift drift;
  drift.scenario_changed = before.scenario != after.scenario;
  drift.model_before = before.model;
  drift.model_after = after.model;
  drift.version_before = before.version;
  drift.seed_changed = before.seed != after.seed;
  drift.identical = !drift.seed_changed && is_identical(before, after);
  if (drift.seed_changed) return drift;
  Comparing comparing(drift, tolerance);
  compare_variants(before, results, comparing, drift);
  const auto size = [](const Moved& moved) { return -std::abs(moved.relative_change()); };
  std::ranges::stable_sort(drift.moved, {}, size);
  return drift;
}

}  // namespace sixslots::scenarios
