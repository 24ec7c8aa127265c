#include "scenarios/key_tables.hpp"

namespace sixslots::scenarios {

namespace {

using models::ServerEvent;

}  // namespace

std::span<const Key> keys_of_events() {
  static const Key table[] = {
      {.path = "event.N.kind",
       .field = named<event_names, event<&ServerEvent::kind>>,
       .meaning = "What happens."},
      {.path = "event.N.at",
       .field = event<&ServerEvent::at>,
       .range = any_duration,
       .meaning = "When it happens."},
      {.path = "event.N.hop",
       .field = event<&ServerEvent::hop>,
       .range = {0, 100},
       .meaning =
           "Of a restart or a loss of workers, which hop. While it is restarted the first hop "
           "refuses connections; of one behind it the proxy before it tells by a status."},
      {.path = "event.N.lasts",
       .field = event<&ServerEvent::lasts>,
       .range = any_duration,
       .word = "for good",
       .meaning = "For how long."},
      {.path = "event.N.workers",
       .field = event<&ServerEvent::workers>,
       .range = {1, 1'000'000},
       .meaning =
           "Of a loss of workers, how many: those first that have been busy longest. A proxy "
           "loses upstream connections."},
      {.path = "event.N.lingers",
       .field = event<&ServerEvent::lingers>,
       .range = any_duration,
       .meaning =
           "Of a disconnection: the server does not know of it, and goes on holding for this "
           "long what the connections held."},
  };
  return table;
}

}  // namespace sixslots::scenarios
