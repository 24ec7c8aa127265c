#include "models/designs/designs.hpp"

namespace sixslots::models {

/// Every row opens an event stream of its own.
sim::Process stream_per_row(Page& page) {
  for (int row = 0; row < page.rows(); ++row) page.open_event_source({row, 1});
  co_return;
}

}  // namespace sixslots::models
