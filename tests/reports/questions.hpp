#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/findings.hpp"
#include "scenarios/results.hpp"

namespace sixslots {

/// Runs the scenario of a text.
scenarios::Results answer(std::string_view scenario);

/// Twenty rows, one event stream each, and clicks from the tenth second on; more lines follow.
std::string twenty_rows(std::string_view more = "");

/// Compares two designs over both protocols.
extern const std::string_view designs_and_protocols;

namespace reports {

/// The finding of that name; null: there is none.
const Finding* find(const std::vector<Finding>& all, std::string_view name);

}  // namespace reports

}  // namespace sixslots
