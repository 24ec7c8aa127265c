#pragma once

#include <string>
#include <string_view>

namespace sixslots::scenarios {

/// The reference in the terminal: of a key ("page.rows"), a section ("page"), a metric
/// ("click.starved"), or of everything (""). Throws an Error with the nearest key when there is no
/// such thing.
std::string explain(std::string_view subject);

}  // namespace sixslots::scenarios
