#include "models/origin.hpp"

#include "models/server_event.hpp"

namespace sixslots::models {

namespace {

int tls_round_trips(const HopSpec& hop) {
  const Tls by_default = multiplexed(hop.protocol) ? Tls::tls13 : Tls::none;
  switch (hop.tls.value_or(by_default)) {
    case Tls::none:
      return 0;
    case Tls::tls13:
    case Tls::tls12_resumed:
      return 1;
    case Tls::tls12:
      return 2;
  }
  return 0;
}

}  // namespace

void set_up(Origin& origin, Path& path, const NetworkPath& network) {
  const HopSpec& front = path.front();
  origin.path = &path;
  origin.protocol = front.protocol;
  // QUIC sets up transport and TLS in the one round trip that TCP takes alone (RFC 9001).
  origin.tls_round_trips = front.protocol == Protocol::http3 ? 0 : tls_round_trips(front);
  origin.set_up_tls = network.rtt * origin.tls_round_trips;
  origin.stream_limit = front.max_concurrent_streams.value_or(0);
  origin.connections_per_client = front.connections_per_client;
  origin.executing_streams = front.executing_streams;
  origin.keep_alive = front.keep_alive;
}

void prepare(Origin& origin, const ServerEvent& event) {
  if (event.hop > 0) {
    origin.path->hop(static_cast<std::size_t>(event.hop)).will_go_down();
  } else {
    origin.may_reset = true;
  }
}

void go_down(Origin& origin, const ServerEvent& event, Time now) {
  const Time until = now + event.lasts;
  if (event.hop > 0) {
    origin.path->hop(static_cast<std::size_t>(event.hop)).take_down(until);
  } else {
    origin.refuses_until = until;
    origin.accepted = 0;  // it counts anew
    ++origin.incarnation;
    origin.resets.pulse();
  }
  origin.goes_down.pulse();
}

}  // namespace sixslots::models
