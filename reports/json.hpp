#pragma once

#include <cstdint>
#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// Everything of the results, the same bytes for the same input.
///
///     schema          "sixslots/1"; later versions add members and change none
///     tool, version, scenario {title, file, hash, seed, replications, duration, warm_up, browser,
///                     text, set[], vary[]: the file's text and the options that changed it}
///     interrupted     true: variants are missing, or have fewer replications than asked for
///     variants[]      label, settings {key: text}, connections_per_row, metrics, flows, walls[],
///                     first_wall, sample, expectations
///       metrics       {name: {value, unit, censored, never}}
///       flows         {name: {count, starved, censored, failed, waited}}, over all replications
///       walls         of the browser and then of each hop: place, holds (what an event stream
///                     holds there, or null), peak, limit and its key (null: none), queue_peak,
///                     refused, binds; first_wall is the index of the one hit first, or null
///       sample        the first replication: counts, and the levels of open connections, of
///                     waiting requests and of busy workers as [seconds, level], at most 500
///                     points each
///       expectations  metric, expected, judgement ("pass", "fail" or "undecided"), holds (true,
///                     false, or null where undecided), measured (as in metrics), line, and cure:
///                     what would decide it, or null
///       detail        only with Records::all: what every other format is made of, times in whole
///                     nanoseconds: flows[] (distributions of their times, over all replications),
///                     and of the first replication sample, requests and arrivals
///     matrices[]      caption, corner, rows {name: {column: {grade "green", "red" or "none",
///                     text}}}: where several keys, or paths, are compared
///     findings[]      name, weight, variant, also[], what, evidence, why, change; heaviest first
///
/// Durations are seconds. A value is null where nothing was measured. With "censored" it is a lower
/// bound: the run ended first; with "never" the requests in question were not even sent.
enum class Records : std::uint8_t { none, all };
std::string json_report(const scenarios::Results& results, Records records);
inline std::string json_report(const scenarios::Results& results) {
  return json_report(results, Records::none);
}
inline std::string json_report_with_records(const scenarios::Results& results) {
  return json_report(results, Records::all);
}

}  // namespace sixslots::reports
