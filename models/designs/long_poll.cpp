#include "models/designs/designs.hpp"

namespace sixslots::models {

/// One request waits at the server for news of any row; the answer is followed by the next one.
sim::Process long_poll(Page& page) {
  for (;;) co_await page.long_poll(page.all_rows());
}

}  // namespace sixslots::models
