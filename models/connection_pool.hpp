#pragma once

#include <forward_list>

#include "models/network.hpp"
#include "models/observer.hpp"
#include "models/origin.hpp"
#include "models/pool_group.hpp"
#include "models/profile.hpp"
#include "sim/frame_pool.hpp"
#include "sim/process.hpp"
#include "sim/random.hpp"

namespace sixslots::models {

/// All connections of a browser context: the groups and the limit that they share.
class ConnectionPool {
 public:
  ConnectionPool(sim::Simulation& simulation, const BrowserProfile& profile,
                 const NetworkPath& network, const sim::RandomSource& random, Observer& observer);
  ~ConnectionPool() { group_waits_ = false; }  // nobody connects any more
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  /// The group for an origin, or for an origin seen from one top-level site where pools are split.
  PoolGroup& group(Origin& origin, std::uint32_t top_level_site);

  [[nodiscard]] const BrowserProfile& profile() const { return profile_; }
  [[nodiscard]] const NetworkPath& network() const { return network_; }
  [[nodiscard]] const sim::RandomSource& random() const { return random_; }
  [[nodiscard]] Duration rtt() const { return network_.rtt; }
  [[nodiscard]] Observer& observer() { return observer_; }
  [[nodiscard]] sim::Simulation& simulation() const { return processes_.simulation(); }

  /// The server closed all its connections: those that are idle here are gone.
  void server_went_down(const Origin& origin);

  /// Tells the observer anew what is in use and who waits.
  void tell_levels();

  /// While it exists, requests are given up one after another that a browser cancels at once, as
  /// those of a document: what they free goes to those that are left when it ends.
  class Cancellation {
   public:
    explicit Cancellation(ConnectionPool& pool) : pool_(pool) { pool_.cancelling_ = true; }
    Cancellation(const Cancellation&) = delete;
    Cancellation& operator=(const Cancellation&) = delete;
    ~Cancellation() { pool_.cancelled(); }

   private:
    ConnectionPool& pool_;
  };

  /// Starts a process that ends with the pool.
  void spawn(sim::Process process) { processes_.spawn(std::move(process)); }

  /// Until the TCP (or QUIC) connection that is begun now has got through, and then TLS: what lost
  /// packets add to their round trips.
  struct HandshakeLosses {
    Duration transport{};
    Duration tls{};
  };
  HandshakeLosses next_handshake_losses(const Origin& origin);

  /// A new connection, for those that keep their own (WebSockets).
  std::uint32_t next_connection_id() { return ++last_connection_id_; }

 private:
  friend class PoolGroup;
  bool reserve_connection();
  bool close_an_idle_connection();
  void serve_stalled_groups();
  void return_connection();
  void cancelled();

  const BrowserProfile& profile_;
  const NetworkPath& network_;
  sim::RandomSource random_;
  Observer& observer_;
  int limit_;            // the browser's, or that of a forward proxy
  int connections_ = 0;  // connecting, in use and idle
  bool group_waits_ = false;
  bool cancelling_ = false;
  std::uint32_t last_connection_id_ = 0;
  std::uint32_t handshakes_ = 0;
  std::forward_list<PoolGroup, sim::FrameAllocator<PoolGroup>> groups_;  // in order of first use
  sim::Scope processes_;  // last: its processes end before what they work on
};

// Over HTTP/3 a stream waits for packets of its own alone.
inline Lane Exchange::lane(Link& link, TransportLane Transport::*direction, Time Order::*own) {
  const Protocol protocol = group_->origin().protocol;
  TransportLane& transport = connection().transport.*direction;
  Time& in_order = protocol == Protocol::http3 ? order_.make().*own : transport.in_order;
  return {group_->pool_.network(), link, transport, in_order, transport_rules(protocol)};
}

}  // namespace sixslots::models
