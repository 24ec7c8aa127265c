#pragma once

#include <span>
#include <string>

#include "scenarios/known_differences.hpp"
#include "scenarios/machine_speed.hpp"
#include "scenarios/validation.hpp"

namespace sixslots::reports {

/// docs/accuracy.md: measured against simulated by group and browser, the distribution of the
/// errors of clicks and of all arrivals, and every case that does not hold, with the reason where
/// one is known and the speed of the machine at which it would hold. `command` is what wrote the
/// page.
std::string accuracy_page(std::span<const scenarios::JudgedCase> cases,
                          std::span<const scenarios::KnownDifference> known,
                          const scenarios::MachineSpeeds& speeds, std::string_view command);

}  // namespace sixslots::reports
