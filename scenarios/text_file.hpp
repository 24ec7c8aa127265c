#pragma once

#include <string>

namespace sixslots::scenarios {

/// All that is in a file, or comes out of a pipe. Throws an Error that says why, where it cannot be
/// read, and for a device, which may have no end.
std::string read_text_file(const std::string& path);

}  // namespace sixslots::scenarios
