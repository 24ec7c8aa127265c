#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/gate_outcome.hpp"

namespace sixslots::reports {

/// One thing that a gate looked at, in words; every format of a gate's report is made of these.
struct GateItem {
  enum class Kind : std::uint8_t { expectation, drift };
  Kind kind = Kind::expectation;
  scenarios::Judgement judgement = scenarios::Judgement::pass;
  std::string name;     ///< "click.starved == 0", "drift of click.latency.mean"
  std::string variant;  ///< its label; empty: the scenario as a whole
  std::string message;  ///< what was found, and what to do where it is undecided
  scenarios::Position position;
};

/// What fails before what is undecided before what passes, otherwise in the order of the file.
std::vector<GateItem> gate_items(const scenarios::Gated& gated);

/// Why results are not what they were: a new design, a new model, both or neither.
std::string reason_of(const scenarios::Gated& gated);

/// "2 of 24 expectations fail, 1 is undecided; 3 measures drifted"
std::string summary_of(const scenarios::Gated& gated);

/// "1 of 2 scenarios fails", and what being undecided means where something is.
std::string summary_of(const scenarios::GateOutcome& outcome);

/// The scenario's title, or else its file.
std::string title_of(const scenarios::Gated& gated);

}  // namespace sixslots::reports
