#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// The scenario's title, or else its file.
std::string title_of(const scenarios::Results& results);

/// How much of an interrupted run there is, or nothing.
std::string interruption(const scenarios::Results& results);

/// What it takes to see the same again: "seed 1, 20 replications, ...".
std::string provenance(const scenarios::Results& results);

}  // namespace sixslots::reports
