#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/world_spec.hpp"
#include "scenarios/position.hpp"
#include "scenarios/scripted_action.hpp"

namespace sixslots::scenarios {

/// What a run stands for, which decides how its numbers are judged.
enum class RunKind : std::uint8_t {
  terminating,  ///< this stretch of time, from its start to its end: a page load, a storm, a shift
  steady,       ///< the long run: a load that lasts; its start is left out
};

using models::Ratio;

/// `[run]`: how long, how often, with which random numbers.
struct RunSettings {
  RunKind kind = RunKind::terminating;
  sim::Duration duration = std::chrono::seconds(60);  ///< simulated time of one replication
  std::optional<sim::Duration> warm_up;  ///< left out of the statistics; nothing: automatic
  int replications = 20;
  Ratio precision{};            ///< more replications until intervals are so narrow; 0: no more
  int most_replications = 500;  ///< where `precision` gives up
  int first_replication = 0;    ///< the numbers of others are independent of those from 0 on
  std::uint64_t seed = 1;

  /// The warm-up as it was set; of its own a steady run leaves out a tenth.
  [[nodiscard]] sim::Duration left_out() const {
    const sim::Duration automatic = kind == RunKind::steady ? duration / 10 : sim::Duration{};
    return warm_up.value_or(automatic);
  }
};

/// A key that was set, and the value as it was written (a text without its quotes).
struct Setting {
  std::string key;  ///< "hop.0.protocol"
  std::string value;
  Position position;
};

/// One compared key and the values it takes, as they stand in the file: `"page.design" = ["a",
/// "b"]`.
struct Axis {
  std::string key;
  std::vector<std::string> values;
  Position position;
};

/// A comparison in `[expect]`: metric, operator, limit in the metric's base unit (seconds, bytes,
/// counts).
struct Expectation {
  enum class Operator : std::uint8_t { less, less_equal, greater, greater_equal, equal, not_equal };
  std::string metric;
  Operator op = Operator::less;
  double limit = 0.0;
  std::string text;  ///< as written: "< 300ms"
  /// Compared keys and the values that a variant must all have; empty: every variant.
  std::vector<std::pair<std::string, std::string>> only_for;
  bool otherwise = false;  ///< for the variants that no sibling names
  Position position;
};

/// `[[tab]]`: a tab that plays a script.
struct TabScript {
  models::Duration opens_at{};
  std::string host = "page.test";
  int context = 0;
  bool hidden = false;
  std::vector<ScriptedAction> actions;
};

/// `[[named_path]]`: hops, and perhaps the network before them, that `path` takes by their name.
struct NamedPath {
  std::string name;
  std::string summary = {};                      ///< of a known one: for `sixslots list paths`
  const models::NetworkPath* network = nullptr;  ///< null: the scenario's
  std::optional<models::Duration> rtt = {};      ///< unset: the network's
  std::vector<models::HopSpec> hops = {};
};

/// What the scenario says of its path apart from any name.
struct OwnPath {
  std::vector<models::HopSpec> hops;
  models::NetworkPath network;
  std::vector<Setting> settings;  ///< of its hops
};

/// A question: what to simulate, how often, what to vary and what to expect of the answer.
struct Scenario {
  std::string title;
  std::string file;  ///< its name, for messages
  std::string text;  ///< the file as it was read, for hashes and reports
  RunSettings run;
  models::WorldSpec world;
  std::string path = "own";       ///< the named path that it takes
  std::vector<NamedPath> paths;   ///< `[[named_path]]`
  std::optional<OwnPath> own;     ///< put aside while a named path is taken
  std::vector<TabScript> tabs;    ///< turned into world.scripted and world.requests
  std::vector<Setting> settings;  ///< what made run and world differ from the defaults, in order
  std::vector<Axis> compare;
  std::vector<Expectation> expect;
};

/// What every key means that is not set: one tab of the first browser, the first network, the first
/// server as the only hop, the first design.
Scenario default_scenario();

/// A `[[hop]]`, a `[[request]]` and a `[[fleet.browser]]` in which nothing is set.
models::HopSpec default_hop();
models::RequestFlow default_request(std::size_t index);
models::BrowserShare default_browser_share();

}  // namespace sixslots::scenarios
