#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/baseline_drift.hpp"
#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// Whether what is undecided fails the gate.
enum class Strictness : std::uint8_t { lenient, strict };

/// A verdict, and whose it is.
struct Judged : Verdict {
  std::string variant;  ///< its label
};

/// A scenario that went through the gate.
struct Gated {
  std::string title;
  std::string file;
  std::string hash;     ///< of the scenario
  std::string version;  ///< of sixslots
  std::uint64_t seed = 0;
  int replications = 0;
  std::vector<Judged> expectations;
  std::string baseline;        ///< its file; empty: no drift was asked for
  std::optional<Drift> drift;  ///< nothing where the baseline was not there before
  bool updated = false;        ///< the baseline was written anew, so that a drift does not fail

  [[nodiscard]] std::size_t count(Judgement judgement) const {
    return static_cast<std::size_t>(
        std::ranges::count(expectations, judgement, &Judged::judgement));
  }
  [[nodiscard]] bool passes(Strictness strictness) const {
    const bool decided = strictness == Strictness::lenient || count(Judgement::undecided) == 0;
    return decided && count(Judgement::fail) == 0 && (updated || !drift || drift->passes());
  }
};

/// All that one `sixslots check` looked at.
struct GateOutcome {
  Strictness strictness = Strictness::lenient;
  bool quick = false;  ///< the first replications only
  std::vector<Gated> scenarios;

  [[nodiscard]] bool passes() const {
    return std::ranges::all_of(scenarios, [&](const Gated& one) { return one.passes(strictness); });
  }
};

}  // namespace sixslots::scenarios
