#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// The first replication of each variant as trace-event JSON, for ui.perfetto.dev: a process a
/// variant and a track a connection, with what holds it. What overlaps (requests that wait, streams
/// of one session) is asynchronous; open connections and waiting requests are counters. Times are
/// whole microseconds.
std::string trace_report(const scenarios::Results& results);

}  // namespace sixslots::reports
