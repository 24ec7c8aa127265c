#include "scenarios/key_tables.hpp"

namespace sixslots::scenarios {

namespace {

using models::NetworkPath;

}  // namespace

std::span<const Key> keys_of_network() {
  static const Key table[] = {
      {.path = "network.profile",
       .field = network_choice,
       .meaning = "The way between the browser and the first hop."},
      {.path = "network.rtt",
       .field = network<&NetworkPath::rtt>,
       .range = any_duration,
       .meaning = "Round trip between the browser and the first hop, without queueing."},
      {.path = "network.down",
       .field = network<&NetworkPath::down>,
       .range = any_bit_rate,
       .meaning = "Rate towards the browser, shared by all of its transfers."},
      {.path = "network.up",
       .field = network<&NetworkPath::up>,
       .range = any_bit_rate,
       .meaning = "Rate from the browser, shared by all of its transfers."},
      {.path = "network.dns",
       .field = network<&NetworkPath::dns>,
       .range = any_duration,
       .meaning = "Look-up of a host name that is not cached."},
      {.path = "network.loss",
       .field = network<&NetworkPath::loss>,
       .range = {0, 500'000},
       .meaning = "Part of the packets that is lost, each way, at random."},
      {.path = "network.slow_start",
       .field = network<&NetworkPath::slow_start>,
       .meaning = "Whether a connection begins with ten packets under way, and twice as many after "
                  "each round trip."},
  };
  return table;
}

}  // namespace sixslots::scenarios
