#pragma once

#include <string>
#include <string_view>

#include "scenarios/results.hpp"

namespace sixslots {

/// Runs the scenario of a text.
scenarios::Results answer(std::string_view scenario);

/// Twenty rows, one event stream each, and clicks from the tenth second on; more lines follow.
std::string twenty_rows(std::string_view more = "");

/// Compares two designs over both protocols.
extern const std::string_view designs_and_protocols;

}  // namespace sixslots
