#include "models/designs/designs.hpp"

namespace sixslots::models {

/// The first tab starts a SharedWorker with one event stream; the others listen to it.
sim::Process shared_worker(Page& page) {
  if (!page.app().shared_worker_started) {
    page.app().shared_worker_started = true;
    page.open_shared_event_source();
  }
  co_return;
}

}  // namespace sixslots::models
