#include "scenarios/key_tables.hpp"

namespace sixslots::scenarios {

namespace {

using models::PageSpec;
using models::UpdateSpec;

}  // namespace

std::span<const Key> keys_of_page() {
  static const Key table[] = {
      {.path = "page.rows",
       .field = page<&PageSpec::rows>,
       .range = {0, 100'000},
       .meaning = "Visible entities that want updates, in each tab."},
      {.path = "page.design",
       .field = design_choice,
       .meaning = "How the page keeps its rows current."},
      {.path = "page.updates.rate",
       .field = page<&PageSpec::updates, &UpdateSpec::rate>,
       .range = {0, 1'000'000 * per_second},
       .meaning = "How often a row changes at the server, on average; changes come at random."},
      {.path = "page.updates.size",
       .field = page<&PageSpec::updates, &UpdateSpec::size>,
       .range = any_size,
       .meaning = "Bytes of one update on the wire."},
      {.path = "page.poll_interval",
       .field = page<&PageSpec::poll_interval>,
       .range = {millisecond, longest},
       .meaning = "Time between the polls of a design that polls."},
      {.path = "page.long_poll_timeout",
       .field = page<&PageSpec::long_poll_timeout>,
       .range = {millisecond, longest},
       .meaning = "The server answers a long poll without news after this."},
      {.path = "page.stream_ends_after",
       .field = page<&PageSpec::stream_ends_after>,
       .range = {millisecond, longest},
       .word = "never",
       .meaning = "The server ends each event stream after this, and the page reconnects."},
      {.path = "page.document_size",
       .field = page<&PageSpec::document_size>,
       .range = any_size,
       .meaning = "Bytes of the page itself, which is loaded first."},
  };
  return table;
}

}  // namespace sixslots::scenarios
