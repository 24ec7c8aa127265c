#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// Changes a scenario as `--set page.rows=40` does: as if the file said so. A key that is compared
/// keeps this value alone. On an Error the scenario is as before.
void apply_setting(Scenario& scenario, std::string_view setting);

/// The same for several, which need to go together only when all are set.
void apply_settings(Scenario& scenario, std::span<const std::string> settings);

/// Compares values of a key as `--vary page.design=polling,websocket`, `--vary page.rows=1:64`,
/// `--vary page.rows=10:100:10`, `--vary page.rows=1:64:x2` and `--vary
/// page.poll_interval=1s:9s:2s` do.
void apply_variation(Scenario& scenario, std::string_view variation);

}  // namespace sixslots::scenarios
