#pragma once

#include <istream>
#include <vector>

#include "cli/arguments.hpp"
#include "scenarios/scenario.hpp"

namespace sixslots::cli {

/// `--set`, `--vary`, `--seed`, `--replications` and `--threads`, for every command that takes
/// scenarios.
std::vector<Option> scenario_options();

/// Reads the operands' files and changes them as the options say. Throws one scenarios::Error with
/// the faults of all files.
std::vector<scenarios::Scenario> asked_scenarios(const Arguments& arguments, std::istream& in);

/// `--threads`, for commands that simulate no scenario of the user's.
Option threads_option();

/// `--threads`; 0 where it is not given.
int asked_threads(const Arguments& arguments);

}  // namespace sixslots::cli
