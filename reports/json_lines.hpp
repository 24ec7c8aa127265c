#pragma once

#include <string>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// The requests of each variant's first replication, one JSON object a line, in the order in which
/// they were made:
///
///     schema "sixslots/1", record "request", scenario (hash), seed, variant, settings {key: text}
///     id, name, type, method, tab, row (from 1; null: not for one row), outcome, status,
///     connection (null: never got one), attempts, reused
///     created, granted, reached, arrived, answered, opened, finished    seconds; null: did not
///     come stalled, connecting, proxy_queue, worker_queue, service           seconds never_sent
std::string json_lines_report(const scenarios::Results& results);

}  // namespace sixslots::reports
