#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// Everything of the results, the same bytes for the same input.
///
///     schema          "sixslots/1"; later versions add members and change none
///     tool, version, scenario {title, file, hash, seed, replications, duration, warm_up, browser}
///     variants[]      label, settings {key: text}, connections_per_row, metrics, flows, sample,
///                     expectations
///       metrics       {name: {value, unit, censored, never}}
///       flows         {name: {count, starved, censored, failed, waited}}, over all replications
///       sample        the first replication: counts, and the levels of open connections and of
///                     waiting requests as [seconds, level], at most 500 points each
///       expectations  metric, expected, holds, measured (as in metrics), line
///     findings[]      name, weight, variant, also[], what, evidence, why, change; heaviest first
///
/// Durations are seconds. A value is null where nothing was measured. With "censored" it is a lower
/// bound: the run ended first; with "never" the requests in question were not even sent.
std::string json_report(const scenarios::Results& results);

}  // namespace sixslots::reports
