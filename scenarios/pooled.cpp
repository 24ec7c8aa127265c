#include "scenarios/pooled.hpp"

#include <algorithm>
#include <utility>

namespace sixslots::scenarios {
namespace {

using models::HopUse;

/// What is counted and averaged adds up; of peaks the largest stays.
constexpr double Totals::*sums[] = {
    &Totals::observed_seconds,
    &Totals::connections_mean,
    &Totals::workers_mean,
    &Totals::requests_arrived,
    &Totals::bytes,
    &Totals::streams_opened,
    &Totals::streams_never_opened,
    &Totals::reconnects,
    &Totals::streams_given_up,
    &Totals::pages_deaf,
    &Totals::pages_failed,
    &Totals::streams_lost,
    &Totals::streams_away,
    &Totals::streams_never_back,
    &Totals::users_mean,
    &Totals::users_left,
};
constexpr double Totals::*peaks[] = {
    &Totals::connections_peak, &Totals::workers_peak,    &Totals::slots_peak,
    &Totals::slot_queue_peak,  &Totals::reconnects_peak, &Totals::users_peak,
    &Totals::recovery_seconds,
};

template <class Structure, class Number, std::size_t Count>
void add(Structure& all, const Structure& one, Number Structure::*const (&members)[Count]) {
  for (Number Structure::*const member : members) all.*member += one.*member;
}

template <class Structure, class Number, std::size_t Count>
void raise(Structure& all, const Structure& one, Number Structure::*const (&members)[Count]) {
  for (Number Structure::*const member : members) {
    all.*member = std::max(all.*member, one.*member);
  }
}

constexpr std::uint64_t HopUse::*hop_counts[] = {&HopUse::requests, &HopUse::refused,
                                                 &HopUse::bytes, &HopUse::cut};
constexpr double HopUse::*hop_means[] = {&HopUse::connections_mean, &HopUse::busy_mean,
                                         &HopUse::queue_mean};
constexpr std::int64_t HopUse::*hop_peaks[] = {
    &HopUse::connections_peak, &HopUse::busy_peak,      &HopUse::queue_peak,
    &HopUse::sockets_peak,     &HopUse::executing_peak, &HopUse::executing_queue_peak,
};

void add_use(HopUse& all, const HopUse& one) {
  add(all, one, hop_counts);
  add(all, one, hop_means);
  raise(all, one, hop_peaks);
}

}  // namespace

Totals::Totals(models::Observations& seen, double seconds)
    : replications(1),
      observed_seconds(seconds),
      counts(seen.flows.begin(), seen.flows.end()),
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

void Totals::merge(const Totals& other) {
  replications += other.replications;
  add(*this, other, sums);
  raise(*this, other, peaks);
  counts.resize(other.counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i].merge(other.counts[i]);
  hops.resize(other.hops.size());
  for (std::size_t i = 0; i < hops.size(); ++i) add_use(hops[i], other.hops[i]);
}

Pooled::Pooled(models::Observations& seen, double seconds)
    : Totals(seen, seconds), staleness(std::exchange(seen.staleness, {})) {
  times.reserve(seen.flows.size());
  for (models::FlowTimes& one : seen.flows) times.push_back(std::move(one));
  seen.flows.clear();
}

void Pooled::merge(const Totals& totals, const sim::PackedTallies& tallies) {
  Totals::merge(totals);
  times.resize(counts.size());
  for (std::size_t i = 0; i < tallies.size(); ++i) tally(i).merge(tallies[i]);
}

std::vector<models::FlowStatistics> Pooled::flows() const {
  std::vector<models::FlowStatistics> flows;
  flows.reserve(times.size());
  for (std::size_t i = 0; i < times.size(); ++i) flows.push_back({times[i], counts[i]});
  return flows;
}

std::size_t Pooled::tallies() const { return times.size() * models::flow_tallies.size() + 1; }

const sim::Tally& Pooled::tally(std::size_t number) const {
  const std::size_t flow = number / models::flow_tallies.size();
  if (flow == times.size()) return staleness;
  return times[flow].*models::flow_tallies[number % models::flow_tallies.size()].tally;
}

sim::Tally& Pooled::tally(std::size_t number) {
  return const_cast<sim::Tally&>(std::as_const(*this).tally(number));
}

}  // namespace sixslots::scenarios
