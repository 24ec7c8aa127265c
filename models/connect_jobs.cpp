// How a group of the pool comes to its connections.

#include "models/connection_pool.hpp"

namespace sixslots::models {

bool PoolGroup::may_connect(bool urgent) const {
  const BrowserProfile& profile = pool_.profile();
  const int extra = urgent ? profile.urgent_extra_connections : 0;
  const int room = profile.connections_per_origin + extra - active_ - connecting_;
  return room > 0 && (!profile.idle_connections_count || count_idle() < room);
}

// For the first request for which none is under way. No second one for more streams.
bool PoolGroup::wants_connection() const {
  if (has_session() || connecting_ >= static_cast<int>(waiting_)) return false;
  return may_connect(next_is_urgent());
}

bool PoolGroup::next_is_urgent() const {
  return connecting_ < static_cast<int>((*queues_)[urgent_queue].size());
}

void PoolGroup::start_connect_jobs() {
  if (pool_.cancelling_) return;
  while (wants_connection() && start_connect_job(next_is_urgent())) {
  }
}

bool PoolGroup::start_connect_job(bool urgent) {
  if (!pool_.reserve_connection()) return false;
  const bool group_was_empty = active_ + connecting_ == 0 && idle_.empty();
  ++connecting_;
  ++tcp_connecting_;
  pool_.processes_.spawn(connect(urgent));
  const Duration backup = pool_.profile().backup_connect;
  if (group_was_empty && !backup_pending_ && backup > Duration::zero()) {
    backup_pending_ = true;
    pool_.processes_.spawn(backup_connect());
  }
  return true;
}

/// A connection that both ends count, and whose set-up is not over; it may end before.
class PoolGroup::HalfOpen {
 public:
  explicit HalfOpen(PoolGroup& group) : group_(group) {}
  HalfOpen(const HalfOpen&) = delete;
  HalfOpen& operator=(const HalfOpen&) = delete;
  ~HalfOpen() {
    if (open_) group_.closed();
  }
  void opens() {
    group_.opened();
    open_ = true;
  }
  void done() { open_ = false; }

 private:
  PoolGroup& group_;
  bool open_ = false;
};

sim::Process PoolGroup::connect(bool urgent) {
  sim::Simulation& simulation = pool_.simulation();
  auto connection = std::make_unique<Connection>();
  connection->urgent = urgent;
  const Time began = simulation.now();
  const ConnectionPool::HandshakeLosses losses = pool_.next_handshake_losses(origin_);
  co_await look_up_name();
  const Duration held_up = origin_.held_up(simulation.now(), timeout_of_handshakes());
  co_await simulation.delay(losses.transport + held_up + pool_.network().way_out());
  const bool refused = origin_.refuses(simulation.now());
  HalfOpen half_open(*this);
  if (!refused) {
    connection->id = pool_.next_connection_id();
    connection->incarnation = origin_.incarnation;
    ++origin_.accepted;
    half_open.opens();
  }
  co_await simulation.delay(pool_.network().way_back());
  --tcp_connecting_;
  if (refused) {
    connect_failed();
    co_return;
  }
  const Duration tls = set_up_tls() + losses.tls;
  if (tls > Duration::zero()) co_await simulation.delay(tls);
  connection->connected_at = simulation.now();
  connection->set_up = connection->connected_at - began;
  half_open.done();
  connected(std::move(connection));
}

Duration PoolGroup::timeout_of_handshakes() const {
  return transport_rules(origin_.protocol).handshake_timeout;
}

Duration PoolGroup::set_up_tls() const {
  const Duration round_trips = origin_.set_up_tls;
  if (round_trips == Duration::zero()) return {};
  return round_trips + pool_.profile().processor_time.secure;
}

sim::Task<> PoolGroup::look_up_name() {
  sim::Simulation& simulation = pool_.simulation();
  if (name_known_ == Time::max()) name_known_ = simulation.now() + pool_.network().dns;
  if (simulation.now() < name_known_) co_await simulation.until(name_known_);
}

// One backup job for a group whose first connection is slow: a lost SYN would cost a second.
sim::Process PoolGroup::backup_connect() {
  co_await look_up_name();  // the timer waits for it as well
  while (tcp_connecting_ > 0 && has_waiting()) {
    co_await pool_.simulation().delay(pool_.profile().backup_connect);
    if (tcp_connecting_ == 0 || !has_waiting()) break;
    if (may_connect(false) && start_connect_job(false)) break;
  }
  backup_pending_ = false;
}

void PoolGroup::connect_failed() {
  --connecting_;
  pool_.return_connection();
  if (Acquire* request = first_waiting()) request->served();
  start_connect_jobs();
}

}  // namespace sixslots::models
