#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/measured_case.hpp"

namespace sixslots::scenarios {

/// What a measured case is judged by.
enum class Rule : std::uint8_t {
  verdict,      ///< every request arrives, or never arrives, as in most repetitions
  time,         ///< arrivals lie within the tolerance
  order,        ///< arrivals that lie clearly apart come in the measured order
  connections,  ///< as many connections as were measured
  reconnect,    ///< event sources come back when, as often and as finally as measured
  navigation,   ///< the navigation gets out, or does not
  late_tab,     ///< the tab opened later loads, or does not
  count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(Rule::count)> rule_names = {
    "verdict", "time", "order", "connections", "reconnect", "navigation", "late tab"};

/// One request beside its simulated self; milliseconds from the start of the script.
struct ComparedRequest {
  std::string name;
  double call = 0.0;
  std::optional<double> measured;  ///< arrival
  std::optional<double> simulated;
  double tolerance = 0.0;
  bool timing_judged = true;

  /// The rule that `predicted` as its arrival would break: verdict or time.
  [[nodiscard]] std::optional<Rule> breach(std::optional<double> predicted) const;
};

/// A breach of a rule, in words.
struct Fault {
  Rule rule;
  std::string text;
};

/// The judgement of one case.
struct JudgedCase {
  std::string key;
  std::string group;
  std::string browser;
  std::vector<ComparedRequest> requests;
  std::vector<Fault> faults;
  int connections = 0;

  [[nodiscard]] bool passed() const { return faults.empty(); }
  [[nodiscard]] bool broke(Rule rule) const;
};

/// Replays a case with the profile it names and judges it. Tolerance of an arrival, Chromium: the
/// largest of 40 ms, a tenth of the measured wait and half the measured range; Firefox, which was
/// measured under heavy load: 150 ms, a fifth of the wait, half the range.
JudgedCase replay(const MeasuredCase& measured);

}  // namespace sixslots::scenarios
