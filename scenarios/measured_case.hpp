#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/script.hpp"

namespace sixslots::scenarios {

/// What a real browser did with one request; times in milliseconds from the start of the script.
struct MeasuredRequest {
  std::int32_t name = -1;  ///< index into Script::names
  double call = 0.0;
  int arrived = 0;                ///< repetitions in which it reached the server ...
  int of = 0;                     ///< ... of so many
  std::optional<double> arrival;  ///< median; none: not in most repetitions
  std::optional<double> arrival_min;
  std::optional<double> arrival_max;
};

/// How an event source came back.
struct MeasuredReconnect {
  std::optional<double> delay;  ///< from the server's end to the next arrival, median
  std::optional<double> delay_min;
  std::optional<double> delay_max;
  int opens_seen = 0;   ///< arrivals at the server
  bool closed = false;  ///< given up for good when the case ended
};

/// A document load that was watched: a navigation, or a tab opened while the script ran.
struct MeasuredLoad {
  int loaded = 0;
  int of = 0;
  std::optional<double> at;
};

/// A page played in a real browser: what it did, and what was seen.
struct MeasuredCase {
  std::string key;  ///< unique: browser/id
  std::string group;
  std::string browser;
  models::Script script;
  bool timing_judged = true;
  std::vector<MeasuredRequest> requests;
  int connections_min = 0;
  int connections_max = 0;
  std::size_t counted_origin = 0;  ///< the server whose connections were counted
  std::optional<MeasuredReconnect> reconnect;
  std::optional<MeasuredLoad> late_tab;
  std::optional<MeasuredLoad> navigation;
};

/// Reads a file of measured cases (JSON). Anything unknown is an error: nothing is skipped.
/// Throws an Error that names the case and the field.
std::vector<MeasuredCase> read_cases_file(const std::string& path);

/// The same from text; `file` names it in messages.
std::vector<MeasuredCase> read_cases(std::string_view text, const std::string& file);

}  // namespace sixslots::scenarios
