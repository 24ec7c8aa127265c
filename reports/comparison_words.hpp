#pragma once

#include <string>
#include <vector>

#include "reports/comparison_report.hpp"
#include "scenarios/statistics/paired.hpp"

namespace sixslots::reports {

/// The wished metrics, or those that are compared without a wish.
std::vector<std::string> compared_metrics(const scenarios::Results& results,
                                          const ComparisonWish& wish);

/// A variant less the baseline; all such intervals hold together.
scenarios::PairedDifference difference(const scenarios::Results& results,
                                       const ComparisonWish& wish, std::size_t variant,
                                       const std::string& metric);

/// "+45 ms", "> +3.4 s" where requests had not ended; a dash where nothing can be said.
std::string difference_text(scenarios::MetricInfo::Unit unit,
                            const scenarios::PairedDifference& difference);

/// In how many replications variants meet the baseline: "20 replications"; where they have
/// different numbers of them "10 to 50 replications".
std::string pairs_text(const scenarios::Results& results, const ComparisonWish& wish);

/// What the interval prints as; a dash where there is none.
std::string difference_interval_text(scenarios::MetricInfo::Unit unit,
                                     const scenarios::PairedDifference& difference);

/// What common random numbers gained: "3.4x".
std::string gain_text(const scenarios::PairedDifference& difference);

/// The ranking in lines, the lowest first: "polling; websocket: not distinguishable". Where all of
/// a place are bounds, nobody knows whether they differ, and it says so.
struct RankText {
  std::size_t place = 1;
  std::string text;
};
std::vector<RankText> rank_texts(const scenarios::Results& results, const std::string& metric);

/// All that may be the lowest, as its line of the ranking has it.
std::string lowest_text(const scenarios::Results& results, const std::string& metric);

/// "value: in a replication on average. " where the metric itself is a total or an extreme.
std::string base_text(const scenarios::Results& results, const std::string& metric);

/// "the interval holds", "the 3 intervals hold together": what follows has 95 % confidence.
std::string shared_confidence_text(const scenarios::Results& results);

}  // namespace sixslots::reports
