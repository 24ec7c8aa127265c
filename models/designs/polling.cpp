#include "models/designs/designs.hpp"

namespace sixslots::models {

/// One endpoint is asked for all rows, an interval after each answer.
sim::Process polling(Page& page) {
  for (;;) {
    co_await page.poll(page.all_rows());
    co_await page.wait(page.spec().poll_interval);
  }
}

}  // namespace sixslots::models
