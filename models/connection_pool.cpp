#include "models/connection_pool.hpp"

#include <algorithm>

namespace sixslots::models {

ConnectionPool::ConnectionPool(sim::Simulation& simulation, const BrowserProfile& profile,
                               const NetworkPath& network, const sim::RandomSource& random,
                               Observer& observer)
    : profile_(profile),
      network_(network),
      random_(random),
      observer_(observer),
      limit_(profile.connections_total),
      processes_(simulation) {}

PoolGroup& ConnectionPool::group(Origin& origin, std::uint32_t top_level_site) {
  const std::uint32_t site =
      profile_.partition == PoolPartition::top_level_site ? top_level_site : 0;
  auto last = groups_.before_begin();
  for (PoolGroup& group : groups_) {
    if (&group.origin_ == &origin && group.site_ == site) return group;
    ++last;
  }
  if (origin.connections_per_client > 0) limit_ = std::min(limit_, origin.connections_per_client);
  return *groups_.emplace_after(last, *this, origin, site);
}

void ConnectionPool::server_went_down(const Origin& origin) {
  for (PoolGroup& group : groups_) {
    if (&group.origin_ == &origin) group.server_went_down();
  }
}

void ConnectionPool::tell_levels() {
  for (PoolGroup& group : groups_) group.tell_levels();
}

// What is free in a group is its own first, and makes room for another one then.
void ConnectionPool::cancelled() {
  cancelling_ = false;
  group_waits_ = false;  // who still does says so again
  for (PoolGroup& group : groups_) group.grant_what_is_free();
  for (PoolGroup& group : groups_) group.serve_queue();
}

ConnectionPool::HandshakeLosses ConnectionPool::next_handshake_losses(const Origin& origin) {
  const std::uint32_t number = handshakes_++;
  if (network_.loss.value <= 0.0) return {};
  const sim::RandomStream tickets = random_.stream("browser/handshakes", sim::Purpose::loss);
  Losses losses(network_.loss, {tickets.bits_at(number)}, Losses::Way::handshake);
  const TransportRules& rules = transport_rules(origin.protocol);
  HandshakeLosses added;
  added.transport = handshake_losses(losses, rules.handshake_timeout);
  for (int trip = 0; trip < origin.tls_round_trips; ++trip) {
    added.tls += handshake_losses(losses, rules.timeout(network_.rtt));
  }
  return added;
}

bool ConnectionPool::reserve_connection() {
  if (connections_ >= limit_) {
    const bool others_wait = std::exchange(group_waits_, false);  // the place is for who asks now
    const bool closed = close_an_idle_connection();
    group_waits_ = others_wait || !closed;
    if (!closed) return false;
  }
  ++connections_;
  return true;
}

bool ConnectionPool::close_an_idle_connection() {
  return std::ranges::any_of(groups_,
                             [](PoolGroup& group) { return group.close_an_idle_connection(); });
}

// What is idle in one group makes room for another that waits at the limit of all together
// (Chromium transport_client_socket_pool.cc, CheckForStalledSocketGroups).
void ConnectionPool::serve_stalled_groups() {
  if (cancelling_) return;
  while (group_waits_ && std::ranges::any_of(groups_, &PoolGroup::wants_connection)) {
    if (!close_an_idle_connection()) return;
  }
}

void ConnectionPool::return_connection() {
  --connections_;
  if (cancelling_ || !group_waits_) return;
  group_waits_ = false;
  for (PoolGroup& group : groups_) group.start_connect_jobs();
}

}  // namespace sixslots::models
