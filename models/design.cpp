#include "models/design.hpp"

#include <array>

#include "models/designs/designs.hpp"

namespace sixslots::models {

namespace {

constexpr std::array menu = {
    Design{"stream-per-row", "one EventSource per row", stream_per_row},
    Design{"single-stream", "one EventSource per tab that carries all rows", single_stream},
    Design{"shared-worker", "one EventSource in a SharedWorker for all tabs", shared_worker},
    Design{"websocket", "one WebSocket per tab that carries all rows", websocket},
    Design{"websocket-per-row", "one WebSocket per row", websocket_per_row},
    Design{"polling", "one endpoint asked for all rows at an interval", polling},
    Design{"poll-per-row", "every row asks for itself at an interval", poll_per_row},
    Design{"long-poll", "one request per tab that the server answers when a row changes",
           long_poll},
    Design{"long-poll-per-row", "one such request per row", long_poll_per_row},
};

}  // namespace

std::span<const Design> designs() { return menu; }

const Design* find_design(std::string_view name) {
  for (const Design& design : menu) {
    if (design.name == name) return &design;
  }
  return nullptr;
}

}  // namespace sixslots::models
