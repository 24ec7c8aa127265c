#pragma once

#include <string>

namespace sixslots::scenarios {

/// The reference of scenario files as a page of Markdown.
std::string reference_markdown();

}  // namespace sixslots::scenarios
