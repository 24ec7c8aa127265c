#pragma once

#include "models/units.hpp"

namespace sixslots::models {

struct Origin;

/// A hop is restarted. The first one closes all its connections, what is under way on them fails,
/// and it refuses new ones for a while; of one behind it the proxy before it says so, by a status,
/// also to what it had handed on, and ends the open streams.
struct ServerEvent {
  Duration at{};
  Duration lasts{};
  int hop = 0;  ///< counted from the browser
};

/// Makes an origin ready for an event that will come: only then its requests look out for it.
void prepare(Origin& origin, const ServerEvent& event);

/// What an event does to an origin and the hops behind it when its time has come. When the first
/// hop goes down, the browsers' pools lose their idle connections too
/// (ConnectionPool::server_went_down).
void go_down(Origin& origin, const ServerEvent& event, Time now);

}  // namespace sixslots::models
