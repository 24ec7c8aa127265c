#include "models/designs/designs.hpp"

namespace sixslots::models {

/// One event stream carries the events of all rows.
sim::Process single_stream(Page& page) {
  page.open_event_source(page.all_rows());
  co_return;
}

}  // namespace sixslots::models
