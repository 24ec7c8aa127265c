#pragma once

#include <string>
#include <string_view>

#include "scenarios/error.hpp"
#include "scenarios/sweep.hpp"

namespace sixslots::scenarios {

/// A sweep in JSON Lines (schema sixslots-sweep/1): a header, then a line for each point. Lines
/// have no end of line here. The same point always gives the same bytes, in whichever part it was
/// simulated.
std::string to_line(const SweepHeader& header);
std::string to_line(const SweepPoint& point);

/// Read what to_line() wrote; throw an Error at the position.
SweepHeader parse_sweep_header(std::string_view line, const Position& position);
SweepPoint parse_sweep_point(std::string_view line, const Position& position);

}  // namespace sixslots::scenarios
