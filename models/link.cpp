#include "models/link.hpp"

namespace sixslots::models {

namespace {

constexpr sim::Int128 scale = sim::Int128{1} << 32;
constexpr std::int64_t ns_per_s = 1'000'000'000;

}  // namespace

void Link::advance(Time now) {
  if (!sharing_->under_way.empty()) {
    const auto elapsed = sim::Int128{(now - sharing_->advanced_to).count()};
    const auto sharers = static_cast<std::int64_t>(sharing_->under_way.size());
    sharing_->virtual_bits +=
        elapsed * rate_.bits_per_second * scale / (sim::Int128{ns_per_s} * sharers);
  }
  sharing_->advanced_to = now;
}

void Link::join(Transfer& transfer) {
  Sharing& sharing = sharing_.make(transfer.promise_->simulation());
  advance(sharing.simulation.now());
  transfer.key_ = {sharing.virtual_bits + sim::Int128{transfer.bytes_.count} * 8 * scale,
                   sharing.arrivals++};
  transfer.under_way_ = true;
  sharing.under_way.emplace(transfer.key_, &transfer);
  plan_departure();
}

void Link::leave(Transfer& transfer) {
  advance(sharing_->simulation.now());
  sharing_->under_way.erase(transfer.key_);
  if (sharing_->next == &transfer) sharing_->next = nullptr;
  plan_departure();
}

// Its time has come, and that of those with the same target.
void Link::depart(Transfer& first) {
  sim::Simulation& simulation = sharing_->simulation;
  advance(simulation.now());
  auto& under_way = sharing_->under_way;
  first.under_way_ = false;
  under_way.erase(first.key_);
  while (!under_way.empty() && under_way.begin()->first.first <= sharing_->virtual_bits) {
    Transfer& done = *under_way.begin()->second;
    done.under_way_ = false;
    done.wake_up_ = simulation.wake(*done.promise_);
    under_way.erase(under_way.begin());
  }
  sharing_->next = nullptr;
  plan_departure();
}

// The last one to leave takes the accounts along.
void Link::plan_departure() {
  sim::Simulation& simulation = sharing_->simulation;
  if (sharing_->next != nullptr) simulation.cancel(sharing_->next->wake_up_);
  if (sharing_->under_way.empty()) return sharing_.drop();
  const auto& [target, next] = *sharing_->under_way.begin();
  const auto left = target.first - sharing_->virtual_bits;
  const auto sharers = static_cast<std::int64_t>(sharing_->under_way.size());
  const sim::Int128 per_ns = sim::Int128{rate_.bits_per_second} * scale;
  const sim::Int128 wait = (left * ns_per_s * sharers + per_ns - 1) / per_ns;
  const Time at = simulation.after(Duration(static_cast<std::int64_t>(wait)));
  next->wake_up_ = simulation.schedule(at, *next->promise_);
  sharing_->next = next;
}

}  // namespace sixslots::models
