#pragma once

#include <string>
#include <string_view>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// Results as a JSON report has them.
struct SavedResults {
  scenarios::Results results;
  bool has_records = false;  ///< written with its details: every format can be made of it
};

/// Reads a JSON report. Throws a scenarios::Error, with the name of the file, where it is none, was
/// written by an incompatible version, or is damaged.
SavedResults read_results(std::string_view json, const std::string& file);

}  // namespace sixslots::reports
