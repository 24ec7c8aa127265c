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
      {.path = "page.heartbeat",
       .field = page<&PageSpec::heartbeat>,
       .range = some_time,
       .word = "none",
       .meaning = "The server sends a comment on each event stream that often, and a ping on each "
                  "WebSocket, so that no hop finds it silent."},
      {.path = "page.stream_retry",
       .field = page<&PageSpec::stream_retry>,
       .range = any_duration,
       .word = "not sent",
       .meaning = "The `retry:` field of event streams, in place of the browser's delay."},
      {.path = "page.retry_spread",
       .field = page<&PageSpec::retry_spread>,
       .range = any_share,
       .meaning = "Each stream is sent a retry drawn evenly from this share around it."},
      {.path = "page.socket_backoff",
       .field = page<&PageSpec::socket_backoff>,
       .range = some_time,
       .meaning =
           "Time before the page opens a lost WebSocket again; it doubles with each failure."},
      {.path = "page.socket_backoff_most",
       .field = page<&PageSpec::socket_backoff_most>,
       .range = some_time,
       .meaning = "The longest such time."},
      {.path = "page.socket_backoff_spread",
       .field = page<&PageSpec::socket_backoff_spread>,
       .range = any_share,
       .meaning = "That time is drawn evenly from this share around it."},
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
