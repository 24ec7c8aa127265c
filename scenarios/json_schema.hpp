#pragma once

#include <string>

namespace sixslots::scenarios {

/// A JSON Schema of scenario files, with which editors complete and check them.
std::string json_schema();

}  // namespace sixslots::scenarios
