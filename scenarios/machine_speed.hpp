#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "scenarios/validation.hpp"

namespace sixslots::scenarios {

/// How many times as slow as usual a machine is, from the least to the most.
struct Slowness {
  double least;
  double most;
};

/// The least and the most slowness that is tried.
inline constexpr Slowness slowness_tried = {0.25, 8.0};

/// Whether a case would hold had the machine been faster or slower while it was measured: all that
/// its browser's own work costs is multiplied by one number. Tells a machine that was busy with
/// something else from a mechanism that is missing; it is no prediction, and no judgement counts
/// it. None: at no speed that is tried. Between the least and the most it may not hold throughout.
std::optional<Slowness> slowness_that_holds(const MeasuredCase& measured);

/// The same for those of `cases` that do not hold, by key; only those that would.
using MachineSpeeds = std::map<std::string, Slowness, std::less<>>;
MachineSpeeds speeds_of_failing(std::span<const MeasuredCase> cases,
                                std::span<const JudgedCase> judged);

}  // namespace sixslots::scenarios
