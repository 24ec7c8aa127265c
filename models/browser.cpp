#include "models/browser.hpp"

namespace sixslots::models {

sim::Task<> Browser::pause_for(Duration time) { co_await simulation().delay(time); }

sim::Task<> Browser::work_step(Duration time, std::size_t priority) {
  const sim::Lease turn = co_await processor_.acquire(priority);
  co_await simulation().delay(time);
}

}  // namespace sixslots::models
