#include "models/origin.hpp"

#include <algorithm>

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

Duration Origin::sent_again(Time now, Duration timeout) const {
  constexpr Duration longest = std::chrono::seconds(120);  // Linux TCP_RTO_MAX
  if (silence.until == Time::max()) return Duration::max() / 4;
  Time sent = now;
  while (sent < silence.until) {
    sent += timeout;
    timeout = std::min(2 * timeout, longest);
  }
  return sent - now;
}

}  // namespace sixslots::models
