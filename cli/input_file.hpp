#pragma once

#include <string>

namespace sixslots::cli {

/// All that is in a file. Throws a scenarios::Error that says why, where it cannot be read.
std::string whole_file(const std::string& path);

}  // namespace sixslots::cli
