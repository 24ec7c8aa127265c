#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/error.hpp"
#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// Finds the variants that a selector of `[expect]` means: compared values, or `key=value`, with
/// spaces between them. "polling h2" -> page.design polling, hop.0.protocol h2. Complains when no
/// variant has them.
std::vector<std::pair<std::string, std::string>> parse_selector(std::string_view text,
                                                                const std::vector<Axis>& compare,
                                                                const Subject& subject);

}  // namespace sixslots::scenarios
