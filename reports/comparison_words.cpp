#include "reports/comparison_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/precision.hpp"
#include "reports/study.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "scenarios/measures.hpp"
#include "scenarios/statistics/metric_intervals.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricValue;
using scenarios::PairedDifference;
using scenarios::Results;
using Bound = PairedDifference::Bound;
using Kind = MetricValue::Kind;

std::string_view sign(double value) { return value < 0.0 ? "-" : "+"; }

std::string exact_text(scenarios::MetricInfo::Unit unit, const PairedDifference& difference) {
  const double size = std::abs(difference.value);
  return fmt::format(
      "{}{}", sign(difference.value),
      difference.interval ? value_beside_interval(unit, size) : short_value(unit, size));
}

// Away from zero it is at least so much; a bound towards zero is rounded to the nearest.
std::string bound_text(scenarios::MetricInfo::Unit unit, const PairedDifference& difference) {
  const bool below = difference.bound == Bound::at_most;
  const double size = std::abs(difference.value);
  const bool away = below == (difference.value < 0.0);
  return fmt::format("{} {}{}", below ? "<" : ">", sign(difference.value),
                     away ? short_lower_bound(unit, size) : short_value(unit, size));
}

/// Why several variants have one place: ": not distinguishable", or what kept them from being
/// compared.
std::string why_together(const Results& results, const std::vector<std::size_t>& group,
                         const std::string& metric) {
  const auto all = [&](auto is) {
    return std::ranges::all_of(
        group, [&](std::size_t i) { return is(compared_value(results.variants[i], metric)); });
  };
  if (all([](const MetricValue& value) { return value.kind == Kind::none; })) {
    return ": nothing was measured";
  }
  if (all([](const MetricValue& value) { return value.kind == Kind::never; })) return ": never";
  if (all([](const MetricValue& value) { return value.is_bound(); })) {
    return fmt::format(": {} bounds, so that nothing can be told",
                       group.size() == 2 ? "both are" : "all are");
  }
  if (results.variants.front().replications < scenarios::fewest_replications) {
    return fmt::format(": fewer than {} replications cannot tell", scenarios::fewest_replications);
  }
  return ": not distinguishable";
}

}  // namespace

std::vector<std::string> compared_metrics(const Results& results, const ComparisonWish& wish) {
  if (!wish.metrics.empty()) return wish.metrics;
  std::vector<std::string> metrics;
  const Study subject = study(results);
  if (subject.has_flow()) {
    metrics.push_back(results.scenario.world.requests[subject.flow].name + ".latency.mean");
  }
  metrics.emplace_back("connections.mean");
  return metrics;
}

PairedDifference difference(const Results& results, const ComparisonWish& wish, std::size_t variant,
                            const std::string& metric) {
  const double confidence = scenarios::shared_confidence(results.variants.size() - 1);
  return paired_difference(results.variants[variant], results.variants[wish.baseline], metric,
                           confidence);
}

std::string pairs_text(const Results& results, const ComparisonWish& wish) {
  const int all = results.variants[wish.baseline].replications;
  int least = all;
  int most = 0;
  for (std::size_t i = 0; i < results.variants.size(); ++i) {
    if (i == wish.baseline) continue;
    const int pairs = std::min(all, results.variants[i].replications);
    least = std::min(least, pairs);
    most = std::max(most, pairs);
  }
  const std::string upper = counted(static_cast<std::uint64_t>(most), "replication");
  return least < most ? fmt::format("{} to {}", least, upper) : upper;
}

std::string difference_text(scenarios::MetricInfo::Unit unit, const PairedDifference& difference) {
  if (difference.none) return "–";
  switch (difference.bound) {
    case Bound::exact:
      return exact_text(unit, difference);
    case Bound::at_least:
    case Bound::at_most:
      return bound_text(unit, difference);
    case Bound::unknown:
      break;
  }
  return "–";
}

std::string difference_interval_text(scenarios::MetricInfo::Unit unit,
                                     const PairedDifference& difference) {
  if (!difference.interval || difference.bound != Bound::exact) return "–";
  return short_interval(unit, *difference.interval);
}

std::string gain_text(const PairedDifference& difference) {
  if (!difference.interval || difference.bound != Bound::exact) return "–";
  // All pairs differ by the same.
  if (std::isinf(difference.variance_ratio)) return difference.value == 0.0 ? "equal" : "exact";
  return fmt::format("{:.1f}x", difference.variance_ratio);
}

std::vector<RankText> rank_texts(const Results& results, const std::string& metric) {
  std::vector<RankText> texts;
  for (const scenarios::Rank& rank : ranking(results.variants, metric)) {
    std::vector<std::string> names;
    for (const std::size_t i : rank.variants) {
      names.push_back(clean(results.variants[i].variant.label));
    }
    texts.push_back({rank.place, fmt::format("{}", fmt::join(names, "; "))});
    if (rank.or_later) {
      texts.back().text += names.size() == 1 ? ": known as a bound only, from this place on"
                                             : ": known as bounds only, from this place on";
    } else if (names.size() > 1) {
      texts.back().text += why_together(results, rank.variants, metric);
    }
  }
  return texts;
}

std::string lowest_text(const Results& results, const std::string& metric) {
  std::string text;
  for (const RankText& rank : rank_texts(results, metric)) {
    if (rank.place == 1) text += (text.empty() ? "" : "; or ") + rank.text;
  }
  return text;
}

std::string base_text(const Results& results, const std::string& metric) {
  const scenarios::Statistic statistic =
      scenarios::statistic_of(results.variants.front().metric(metric).info);
  const bool other = statistic.kind == scenarios::Statistic::Kind::other;
  return other ? "value: in a replication on average. " : "";
}

std::string shared_confidence_text(const Results& results) {
  const std::size_t others = results.variants.size() - 1;
  if (others == 1) return "the interval holds";
  return fmt::format("the {} intervals hold together", others);
}

}  // namespace sixslots::reports
