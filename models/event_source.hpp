#pragma once

#include <optional>
#include <vector>

#include "models/feed.hpp"
#include "models/fetch.hpp"

namespace sixslots::models {

/// An EventSource as a page opens it.
struct EventSourceSpec {
  RequestSpec request;                 ///< kind event_source
  std::optional<Answer> later_answer;  ///< to the second and later requests; unset: as the first
  bool reconnect = true;               ///< false: the page closes it at its first error
  RowRange rows;                       ///< what its events carry; none in a script
  Bytes event_size{400};
  Duration heartbeat{};   ///< the server sends a comment that often; 0: none
  std::int32_t row = -1;  ///< for its records
  std::int32_t tab = 0;
  std::int32_t name = -1;
};

/// Opens the stream, reads it and reconnects after a fixed delay, for ever: no backoff and no
/// jitter (event_source.cc, EventSource.cpp); an answer other than 200 closes it for good
/// (HTML 9.2.3). Ending the process is the page's close(). Its events keep `displays` current.
sim::Process event_source(Browser& browser, PoolGroup& group, EventSourceSpec spec, Feed* feed,
                          const std::vector<Display*>& displays);

}  // namespace sixslots::models
