#pragma once

#include "models/units.hpp"

namespace sixslots::models {

struct Origin;

/// The server is restarted: it closes all its connections, and refuses new ones for a while.
struct ServerEvent {
  Duration at{};
  Duration refuses_for{};
};

/// What an event does to an origin when its time has come, but for the browsers' idle connections,
/// which their pools drop (ConnectionPool::server_went_down).
void go_down(Origin& origin, const ServerEvent& event, Time now);

}  // namespace sixslots::models
