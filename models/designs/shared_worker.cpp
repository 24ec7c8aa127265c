#include "models/designs/designs.hpp"

namespace sixslots::models {

/// The first tab starts a SharedWorker with one event stream; the others listen to it.
sim::Process shared_worker(Page& page) {
  page.join_shared_worker();
  co_return;
}

}  // namespace sixslots::models
