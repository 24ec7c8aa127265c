#pragma once

#include <string>
#include <vector>

#include "scenarios/keys.hpp"
#include "scenarios/value.hpp"

namespace sixslots::scenarios {

/// A key of a file and what it is set to.
struct Given {
  const Key* key = nullptr;
  std::string path;  ///< "hop.0.protocol"
  const Value* value = nullptr;
};

/// Finds the keys that a file sets, apart from [compare] and [expect], in the order of the key
/// table. Unknown keys and sections of the wrong shape are problems.
std::vector<Given> keys_given(const Value& file, Problems& problems);

}  // namespace sixslots::scenarios
