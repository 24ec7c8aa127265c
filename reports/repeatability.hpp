#pragma once

#include <span>

#include "scenarios/validation.hpp"

namespace sixslots::reports {

/// How well a measurement predicts another of the same page, which bounds what any prediction can
/// reach: pages that were measured in two builds of Chromium on one machine, judged by the rules of
/// verdict and time alone.
struct Repeatability {
  int cases = 0;             ///< each of them has a twin: the same page in the other build
  int twin_holds = 0;        ///< taken as a prediction, the twin's measured arrivals hold
  int simulation_holds = 0;  ///< the simulated arrivals of the same cases do
};

Repeatability repeatability(std::span<const scenarios::JudgedCase> cases);

}  // namespace sixslots::reports
