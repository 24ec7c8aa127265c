#include "models/designs/designs.hpp"

namespace sixslots::models {

/// One WebSocket carries the messages of all rows.
sim::Process websocket(Page& page) {
  page.spawn(page.open_socket(page.all_rows()));
  co_return;
}

}  // namespace sixslots::models
