#include "models/designs/designs.hpp"

namespace sixslots::models {

namespace {

sim::Process poll_row(Page& page, int row) {
  const RowRange one{row, 1};
  for (;;) {
    co_await page.poll(one);
    co_await page.wait(page.spec().poll_interval);
  }
}

}  // namespace

/// Every row asks for itself, an interval after each answer; all start when the page has loaded.
sim::Process poll_per_row(Page& page) {
  for (int row = 0; row < page.rows(); ++row) page.spawn(poll_row(page, row));
  co_return;
}

}  // namespace sixslots::models
