#include "scenarios/pooled.hpp"

#include <algorithm>
#include <utility>

namespace sixslots::scenarios {
namespace {

using models::HopUse;

/// Sums of what is counted and averaged, the largest of the peaks.
void add_use(HopUse& all, const HopUse& one) {
  all.requests += one.requests;
  all.refused += one.refused;
  all.bytes += one.bytes;
  all.cut += one.cut;
  all.connections_mean += one.connections_mean;
  all.busy_mean += one.busy_mean;
  all.queue_mean += one.queue_mean;
  all.connections_peak = std::max(all.connections_peak, one.connections_peak);
  all.busy_peak = std::max(all.busy_peak, one.busy_peak);
  all.queue_peak = std::max(all.queue_peak, one.queue_peak);
  all.sockets_peak = std::max(all.sockets_peak, one.sockets_peak);
  all.executing_peak = std::max(all.executing_peak, one.executing_peak);
  all.executing_queue_peak = std::max(all.executing_queue_peak, one.executing_queue_peak);
}

}  // namespace

Pooled::Pooled(models::Observations& seen, double seconds)
    : replications(1),
      observed_seconds(seconds),
      flows(std::move(seen.flows)),
      staleness(std::exchange(seen.staleness, {})),
      connections_mean(seen.connections_mean),
      connections_peak(static_cast<double>(seen.connections_peak)),
      workers_mean(seen.workers_mean),
      workers_peak(static_cast<double>(seen.workers_peak)),
      slots_peak(static_cast<double>(seen.slots_peak)),
      slot_queue_peak(static_cast<double>(seen.slot_queue_peak)),
      hops(std::move(seen.hops)),
      requests_arrived(static_cast<double>(seen.requests_arrived)),
      bytes(static_cast<double>(seen.bytes)),
      streams_opened(static_cast<double>(seen.streams_opened)),
      streams_never_opened(static_cast<double>(seen.streams_never_opened)),
      reconnects(static_cast<double>(seen.reconnects)),
      reconnects_peak(static_cast<double>(seen.reconnects_peak)),
      streams_given_up(static_cast<double>(seen.streams_given_up)),
      pages_deaf(static_cast<double>(seen.pages_deaf)),
      pages_failed(static_cast<double>(seen.pages_failed)),
      streams_lost(static_cast<double>(seen.streams_lost)),
      streams_away(static_cast<double>(seen.streams_away)),
      streams_never_back(static_cast<double>(seen.streams_never_back)),
      users_mean(seen.users_mean),
      users_peak(static_cast<double>(seen.users_peak)),
      users_left(static_cast<double>(seen.users_left)),
      recovery_seconds(sim::seconds(seen.recovery)) {}

void Pooled::merge(const Pooled& other) {
  replications += other.replications;
  observed_seconds += other.observed_seconds;
  flows.resize(other.flows.size());
  for (std::size_t i = 0; i < flows.size(); ++i) flows[i].merge(other.flows[i]);
  staleness.merge(other.staleness);
  connections_mean += other.connections_mean;
  connections_peak = std::max(connections_peak, other.connections_peak);
  workers_mean += other.workers_mean;
  workers_peak = std::max(workers_peak, other.workers_peak);
  slots_peak = std::max(slots_peak, other.slots_peak);
  slot_queue_peak = std::max(slot_queue_peak, other.slot_queue_peak);
  hops.resize(other.hops.size());
  for (std::size_t i = 0; i < hops.size(); ++i) add_use(hops[i], other.hops[i]);
  requests_arrived += other.requests_arrived;
  bytes += other.bytes;
  streams_opened += other.streams_opened;
  streams_never_opened += other.streams_never_opened;
  reconnects += other.reconnects;
  reconnects_peak = std::max(reconnects_peak, other.reconnects_peak);
  streams_given_up += other.streams_given_up;
  pages_deaf += other.pages_deaf;
  pages_failed += other.pages_failed;
  streams_lost += other.streams_lost;
  streams_away += other.streams_away;
  streams_never_back += other.streams_never_back;
  users_mean += other.users_mean;
  users_peak = std::max(users_peak, other.users_peak);
  users_left += other.users_left;
  recovery_seconds = std::max(recovery_seconds, other.recovery_seconds);
}

void Pooled::merge(const sim::PackedTallies& others) {
  for (std::size_t i = 0; i < others.size(); ++i) tally(i).merge(others[i]);
}

std::size_t Pooled::tallies() const { return flows.size() * models::flow_tallies.size() + 1; }

const sim::Tally& Pooled::tally(std::size_t number) const {
  const std::size_t flow = number / models::flow_tallies.size();
  if (flow == flows.size()) return staleness;
  return flows[flow].*models::flow_tallies[number % models::flow_tallies.size()].tally;
}

sim::Tally& Pooled::tally(std::size_t number) {
  return const_cast<sim::Tally&>(std::as_const(*this).tally(number));
}

}  // namespace sixslots::scenarios
