#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scenarios/scenario.hpp"
#include "scenarios/value.hpp"

namespace sixslots::scenarios {

/// Whether the selectors can be checked: not when [compare] is faulty itself.
enum class Selectors : std::uint8_t { checked, skipped };

/// Reads `[expect]`. The metrics are those of the scenario's requests, the selectors name values of
/// what it compares.
std::vector<Expectation> read_expectations(const Value& table, const Scenario& scenario,
                                           Problems& problems, Selectors selectors);

/// The lowest upper limit on a metric that begins so ("click.latency."); nullptr: there is none.
const Expectation* tightest_limit(const Scenario& scenario, std::string_view prefix);

/// Reads a metric and its condition as a command line has them: "click.latency.p99 < 300ms".
Expectation parse_expectation(std::string_view text, const Scenario& scenario,
                              const Position& position);

}  // namespace sixslots::scenarios
