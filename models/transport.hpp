#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

#include "models/link.hpp"
#include "models/network.hpp"
#include "models/protocol.hpp"
#include "models/units.hpp"
#include "sim/random.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

/// The numbers of a transport protocol: of TCP, or of QUIC below HTTP/3.
struct TransportRules {
  Bytes segment;               ///< what a full packet carries
  std::int32_t after_timeout;  ///< packets that are left of the window after one, at most
  Duration timeout_margin;     ///< beyond a round trip, before a packet is sent again unasked
  Duration handshake_timeout;  ///< the same for the first packet of a connection

  [[nodiscard]] constexpr Duration timeout(Duration rtt) const { return rtt + timeout_margin; }
};

// Linux: the variation counts as at least 200 ms, net/ipv4/tcp_input.c tcp_rtt_estimator; a segment
// is what Ethernet's 1500 bytes leave.
inline constexpr TransportRules tcp{
    {1460}, 1, std::chrono::milliseconds(200), std::chrono::seconds(1)};

// RFC 9002 section 6.2: four times the variation, which counts as at least 1 ms, and the 25 ms that
// an acknowledgement may be late; RFC 9000 section 14 for the size. A timeout does not empty the
// window, the loss that its probe brings to light halves it (section 7.5).
inline constexpr TransportRules quic{{1200},
                                     std::numeric_limits<std::int32_t>::max(),
                                     std::chrono::milliseconds(26),
                                     std::chrono::seconds(1)};

constexpr const TransportRules& transport_rules(Protocol protocol) {
  return protocol == Protocol::http3 ? quic : tcp;
}

/// How much a sender may have under way, in packets: ten at first, twice as many after each round
/// trip that used them (slow start), one more after it from the threshold on, half of it after a
/// loss (RFC 5681, RFC 6928, RFC 9002 section 7).
///
/// Time is cut into rounds of one round trip. What was sent in a round is acknowledged when it is
/// over, so a round sends at most a window.
class CongestionWindow {
 public:
  /// Takes up to `wanted` packets out of this round's window; 0: it is used up.
  std::int32_t take(std::int32_t wanted, Time now, Duration rtt, const TransportRules& rules);

  /// Takes all `wanted` packets, or none.
  bool take_all(std::int32_t wanted, Time now, Duration rtt, const TransportRules& rules);

  /// What was taken has gone out.
  void sent(Time now) { last_sent_ = now; }

  /// A packet is lost: later ones tell, or nothing does until a timeout. The losses of one round
  /// count once.
  void lost(bool noticed, const TransportRules& rules);

  [[nodiscard]] Time next_round(Duration rtt) const { return round_began_ + rtt; }
  [[nodiscard]] std::int32_t size() const { return size_; }

 private:
  static constexpr std::int32_t initial = 10;  // RFC 6928; RFC 9002 section 7.2
  static constexpr std::int32_t largest = 1 << 20;

  void begin_round(Time now, Duration rtt, const TransportRules& rules);
  void grow();
  void restart_after(Duration idle, Duration timeout);

  std::int32_t size_ = initial;
  std::int32_t threshold_ = largest;
  std::int32_t taken_ = 0;  // of this round's window
  bool reduced_ = false;    // in this round
  Time round_began_{};
  Time last_sent_{};
};

/// One direction of a connection.
struct TransportLane {
  CongestionWindow window;
  Time in_order{};  ///< what arrives waits until then: a packet before it is missing
};

/// The state of a connection below HTTP. TCP delivers in order, so a lost packet holds up all that
/// follows it: on HTTP/1.1 one exchange, on HTTP/2 every stream. Over HTTP/3 each stream has an
/// order of its own (RFC 9000 section 2.2) and only the window is shared.
struct Transport {
  TransportLane out;  ///< requests
  TransportLane back;
};

/// Names the random numbers that decide which packets of a request and its answer are lost: drawn
/// when the request is made, so that it meets the same losses in every design.
struct PacketChances {
  std::uint64_t ticket = 0;
};

/// Which packets of one message are lost, in the order they are sent, those sent again included.
class Losses {
 public:
  enum class Way : std::uint8_t { out, back, handshake };

  /// Each attempt to send the message has its own luck.
  Losses(Ratio loss, PacketChances chances, Way way, std::uint32_t attempt = 0);

  /// How many of the next `count` packets arrive before one is lost; all, if none is.
  [[nodiscard]] std::int64_t arriving(std::int64_t count) const {
    return count < until_loss_ ? count : until_loss_;
  }
  /// So many have arrived.
  void pass(std::int64_t count) { until_loss_ -= count; }

  /// The first packet's fate is known already.
  void skip_first();

  /// Whether the next packet is lost.
  bool next();

  /// next() was lost; until its replacement arrives: a round trip where later packets tell
  /// of it, otherwise a timeout; a timeout that doubles for each replacement that is lost too.
  Duration recovery(bool noticed, Duration rtt, Duration timeout);

 private:
  void draw();

  Ratio loss_;
  sim::RandomStream stream_;
  std::int64_t until_loss_ = 0;
};

/// One direction of the way between a browser and the first hop, as one exchange uses it.
class Lane {
 public:
  Lane(const NetworkPath& network, Link& link, TransportLane& transport, Time& in_order,
       const TransportRules& rules)
      : network_(network), link_(link), transport_(transport), in_order_(in_order), rules_(rules) {}

  /// Nothing gets lost, and the window has room for all of a message, which it takes: only the
  /// link's rate counts. Otherwise carry() it.
  [[nodiscard]] bool takes_at_once(Bytes size, Time now) const {
    return network_.only_rate_counts() || (!network_.lossy() && window_takes(size, now));
  }

  /// What it sent at once has passed the link.
  void has_sent(Time now) const { transport_.window.sent(now); }

  /// When the next packet, which arrives now unless it is lost, may be read: packets before it may
  /// be missing. So many of its message come behind it.
  Time arrival(Losses& losses, std::int64_t behind, Time now) const;

  [[nodiscard]] TransportLane& transport() const { return transport_; }
  [[nodiscard]] Time& in_order() const { return in_order_; }

  [[nodiscard]] std::int64_t packets(Bytes size) const {
    const std::int64_t segment = rules_.segment.count;
    return size.count <= segment ? 1 : (size.count + segment - 1) / segment;
  }

 private:
  [[nodiscard]] bool window_takes(Bytes size, Time now) const;
  friend sim::Task<> carry(sim::Simulation& simulation, Lane lane, Bytes size, Losses losses);

  const NetworkPath& network_;
  Link& link_;
  TransportLane& transport_;
  Time& in_order_;  // of what is read
  const TransportRules& rules_;
};

/// Sends a message flight by flight, each as large as the window allows, and waits until all of it
/// has arrived, and all that the transport delivers before it. The streams of a session take turns
/// by flights.
sim::Task<> carry(sim::Simulation& simulation, Lane lane, Bytes size, Losses losses);

/// What losses add to one round trip of a handshake, which is repeated as a whole.
Duration handshake_losses(Losses& losses, Duration timeout);

}  // namespace sixslots::models
