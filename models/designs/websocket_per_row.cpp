#include "models/designs/designs.hpp"

namespace sixslots::models {

/// Every row opens a WebSocket of its own.
sim::Process websocket_per_row(Page& page) {
  for (int row = 0; row < page.rows(); ++row) page.spawn(page.open_socket({row, 1}));
  co_return;
}

}  // namespace sixslots::models
