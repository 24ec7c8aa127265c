#include "models/designs/designs.hpp"

namespace sixslots::models {

namespace {

sim::Process long_poll_row(Page& page, int row) {
  const RowRange one{row, 1};
  for (;;) co_await page.long_poll(one);
}

}  // namespace

/// Every row has a request of its own waiting at the server.
sim::Process long_poll_per_row(Page& page) {
  for (int row = 0; row < page.rows(); ++row) page.spawn(long_poll_row(page, row));
  co_return;
}

}  // namespace sixslots::models
