#include "models/origin.hpp"

#include <algorithm>

namespace sixslots::models {

void set_up(Origin& origin, Path& path, const NetworkPath& network) {
  const HopSpec& front = path.front();
  origin.path = &path;
  origin.protocol = front.protocol;
  origin.tls_round_trips = tls_round_trips(front);
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
