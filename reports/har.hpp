#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// The page as a recording of DevTools would have it: HAR 1.2 in Chrome's dialect, for the worst
/// variant's first replication, so that people look at it with the tool they know (Network panel,
/// Import HAR). What a recording cannot hold is kept in members that begin with an underscore:
///
///     timings.blocked         the stall in the browser, in ms; at least a microsecond of a request
///                             that was sent, because DevTools wants some
///     _connectionId           the connection that carried the request
///     _sixslots               t_us (made at, from the start of the run), open, neverSent, tab, row
///
/// A stream that is open at the end has status 200 and receives to the end of the run; a request
/// that was never sent has status 0 and is blocked for all of its time. Runs begin on 2026-01-01,
/// so that files do not change from day to day.
std::string har_report(const scenarios::Results& results);

}  // namespace sixslots::reports
