#pragma once

#include <algorithm>
#include <cstdint>

#include "models/network.hpp"
#include "models/path.hpp"
#include "models/protocol.hpp"
#include "models/transport.hpp"
#include "sim/signal.hpp"

namespace sixslots::models {

/// The server side of an origin as a browser's connections meet it.
struct Origin {
  Path* path = nullptr;
  Protocol protocol = Protocol::http1;
  Duration set_up_tls{};           ///< after TCP (or QUIC) is connected
  int tls_round_trips = 0;         ///< ... in that time
  int stream_limit = 0;            ///< SETTINGS_MAX_CONCURRENT_STREAMS; 0: the server states none
  int connections_per_client = 0;  ///< of a forward proxy, for all origins together; 0: no limit
  int executing_streams = 0;       ///< of one session; 0: all
  Duration keep_alive{};   ///< the server closes an idle HTTP/1.1 connection after this; 0: never
  Time refuses_until{};    ///< connections are refused, or cannot be made, until then
  sim::Signal goes_down;   ///< pulses when open streams may have ended: they look whether they have
  std::uint32_t cuts = 0;  ///< times that all open streams ended
  sim::Signal resets;      ///< pulses when the server closes all its connections
  bool may_reset = false;  ///< in this run
  std::uint32_t incarnation = 0;  ///< of the server: restarts so far
  int accepted = 0;               ///< connections so far, as the server counts them
  Duration lingers{};             ///< the server holds what lost connections held for so long

  /// Nothing gets through from then on, until then.
  struct Silence {
    Time from = Time::max();
    Time until = Time::max();
  };
  Silence silence;
  Time recovers{};  ///< what it has held up arrives until then
  void falls_silent(Time now, Time until) {
    silence = is_silent(now) ? Silence{silence.from, std::max(silence.until, until)}
                             : Silence{now, until};
  }

  /// How much later than usual a packet arrives that is sent now: during an outage it is sent again
  /// after `timeout`, and after times that double (RFC 6298), until the outage is over.
  [[nodiscard]] Duration held_up(Time now, Duration timeout) const {
    return is_silent(now) ? sent_again(now, timeout) : Duration::zero();
  }
  /// When a packet can be read that is sent at a time on a connection of that round trip, and would
  /// be there at another. What an outage holds up is sent again and again, and what is sent after
  /// it waits for it, until `in_order`. What it does not hold up makes nobody wait.
  [[nodiscard]] Time readable(Time sent, Time usually, Duration rtt, Time& in_order) {
    const Duration late = held_up(sent, transport_rules(protocol).timeout(rtt));
    const Time reads = std::max(in_order, usually + late);
    if (late > Duration::zero()) {
      in_order = reads;
      recovers = std::max(recovers, reads);
    }
    return reads;
  }
  /// An outage has begun, and what it has held up so far has not arrived everywhere.
  [[nodiscard]] bool is_in_outage(Time now) const {
    return now >= silence.from && now < std::max(silence.until, recovers);
  }
  [[nodiscard]] bool is_silent(Time now) const {
    return now >= silence.from && now < silence.until;
  }
  /// A connection that gets there now; the first hop may have no room for it.
  [[nodiscard]] bool refuses(Time now) { return now < refuses_until || !path->takes_client(); }

 private:
  [[nodiscard]] Duration sent_again(Time now, Duration timeout) const;
};

/// Makes an origin of what the path's first hop says, as seen over a network.
void set_up(Origin& origin, Path& path, const NetworkPath& network);

}  // namespace sixslots::models
