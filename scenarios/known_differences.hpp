#pragma once

#include <string>
#include <vector>

namespace sixslots::scenarios {

/// Why some measured cases do not hold.
struct KnownDifference {
  std::string why;                 ///< a paragraph
  std::vector<std::string> cases;  ///< their keys
};

/// Reads `{"differences": [{"why": "...", "cases": ["browser/id", ...]}, ...]}`. Throws an Error
/// about a file that cannot be read or says anything else.
std::vector<KnownDifference> read_known_differences(const std::string& path);

}  // namespace sixslots::scenarios
