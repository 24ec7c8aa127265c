#pragma once

#include <string_view>

namespace sixslots::reports {

/// The page's style sheet, and the patterns and gradients that drawings refer to.
extern const std::string_view html_style;
extern const std::string_view html_patterns;

}  // namespace sixslots::reports
