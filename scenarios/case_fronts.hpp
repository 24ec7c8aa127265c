#pragma once

#include "models/script.hpp"
#include "scenarios/json_fields.hpp"

namespace sixslots::scenarios {

/// Reads `origins` and `front` of a measured case into the script's servers.
void read_origins(JsonFields& fields, models::Script& script);

}  // namespace sixslots::scenarios
