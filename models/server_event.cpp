#include "models/server_event.hpp"

#include <algorithm>

#include "models/origin.hpp"

namespace sixslots::models {

namespace {

using Kind = ServerEvent::Kind;

Hop& hop_of(Origin& origin, const ServerEvent& event) {
  return origin.path->hop(static_cast<std::size_t>(event.hop));
}

// The connections to the first hop are gone, at both ends or, so far, at the browsers' alone.
void close_connections(Origin& origin) {
  ++origin.incarnation;
  origin.resets.pulse();
}

}  // namespace

void prepare(Origin& origin, const ServerEvent& event) {
  if (takes_connections(event)) origin.may_reset = true;
  if (event.kind == Kind::restart && event.hop > 0) hop_of(origin, event).will_go_down();
  if (event.kind == Kind::worker_loss) hop_of(origin, event).will_lose_workers();
}

// One that begins during another does not end it.
void begin(Origin& origin, const ServerEvent& event, Time now) {
  const Time until = event.ends(now);
  switch (event.kind) {
    case Kind::restart:
      ++origin.cuts;
      if (event.hop > 0) {
        hop_of(origin, event).take_down(until);
        break;
      }
      origin.refuses_until = std::max(origin.refuses_until, until);
      origin.accepted = 0;  // it counts anew
      close_connections(origin);
      break;
    case Kind::worker_loss:
      hop_of(origin, event).lose_workers(event.workers);
      break;
    case Kind::outage:
      origin.falls_silent(now, until);
      return;
    case Kind::disconnection:
      ++origin.cuts;
      origin.refuses_until = std::max(origin.refuses_until, until);
      origin.lingers = event.lingers;
      close_connections(origin);
      break;
  }
  origin.goes_down.pulse();
}

void end(Origin& origin, const ServerEvent& event) {
  if (event.kind == Kind::worker_loss) hop_of(origin, event).regain_workers(event.workers);
}

}  // namespace sixslots::models
