#include "models/link.hpp"

namespace sixslots::models {

namespace {

constexpr sim::Int128 scale = sim::Int128{1} << 32;
constexpr std::int64_t ns_per_s = 1'000'000'000;

}  // namespace

void Link::advance() {
  const Time now = processes_.simulation().now();
  if (!under_way_.empty()) {
    const auto elapsed = sim::Int128{(now - advanced_to_).count()};
    const auto sharers = static_cast<std::int64_t>(under_way_.size());
    virtual_bits_ += elapsed * rate_.bits_per_second * scale / (sim::Int128{ns_per_s} * sharers);
  }
  advanced_to_ = now;
}

void Link::join(Transfer& transfer) {
  advance();
  transfer.key_ = {virtual_bits_ + sim::Int128{transfer.bytes_.count} * 8 * scale, arrivals_++};
  transfer.under_way_ = true;
  under_way_.emplace(transfer.key_, &transfer);
  plan_departure();
}

void Link::leave(Transfer& transfer) {
  if (transfer.under_way_) {
    advance();
    under_way_.erase(transfer.key_);
    plan_departure();
  }
  processes_.simulation().cancel(transfer.wake_up_);
}

void Link::plan_departure() {
  departure_.end();
  if (under_way_.empty()) return;
  const auto left = under_way_.begin()->first.first - virtual_bits_;
  const auto sharers = static_cast<std::int64_t>(under_way_.size());
  const sim::Int128 per_ns = sim::Int128{rate_.bits_per_second} * scale;
  const sim::Int128 wait = (left * ns_per_s * sharers + per_ns - 1) / per_ns;
  departure_ = processes_.spawn(departure(Duration(static_cast<std::int64_t>(wait))));
}

sim::Process Link::departure(Duration in) {
  co_await processes_.simulation().delay(in);
  advance();
  while (!under_way_.empty() && under_way_.begin()->first.first <= virtual_bits_) {
    Transfer& done = *under_way_.begin()->second;
    done.under_way_ = false;
    under_way_.erase(under_way_.begin());
    done.wake_up_ = processes_.simulation().wake(*done.promise_);
  }
  departure_ = sim::ProcessRef();
  plan_departure();
}

}  // namespace sixslots::models
