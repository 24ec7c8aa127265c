#include "scenarios/key_tables.hpp"

namespace sixslots::scenarios {

namespace {

using models::FleetSpec;

}  // namespace

std::span<const Key> keys_of_fleet() {
  static const Key table[] = {
      {.path = "fleet.users",
       .field = world<&models::WorldSpec::fleet, &FleetSpec::users>,
       .range = {1, 2'000'000},
       .meaning =
           "Users of the app, each with a browser and its tabs; the hops serve all of them."},
      {.path = "fleet.arrive_within",
       .field = world<&models::WorldSpec::fleet, &FleetSpec::arrive_within>,
       .range = any_duration,
       .meaning = "They come at even distances in this time."},
  };
  return table;
}

}  // namespace sixslots::scenarios
