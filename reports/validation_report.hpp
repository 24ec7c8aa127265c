#pragma once

#include <span>
#include <string>

#include "reports/terminal.hpp"
#include "scenarios/validation.hpp"

namespace sixslots::reports {

/// Measured against simulated: a table by group of cases and browser, how far arrivals are off, and
/// the worst cases with their arrivals side by side.
std::string validation_report(std::span<const scenarios::JudgedCase> cases,
                              const TerminalStyle& style);

/// The same as JSON, `"schema": "sixslots-validation/1"`: totals, and every case with its faults
/// and its requests (milliseconds; null: never).
std::string validation_json(std::span<const scenarios::JudgedCase> cases);

}  // namespace sixslots::reports
