#include "models/link.hpp"

#include <algorithm>

namespace sixslots::models {

namespace {

constexpr int fraction = 32;  // bits of it
constexpr sim::Int128 scale = sim::Int128{1} << fraction;
constexpr std::int64_t ns_per_s = 1'000'000'000;

// Mostly both are short, and then the processor does it at once.
sim::Int128 divided(sim::Int128 number, std::int64_t by) {
  const auto low = static_cast<std::int64_t>(number);
  return number == low ? low / by : number / by;
}

}  // namespace

// Behind those with the same target, which came before it.
void Link::Sharing::insert(Transfer& transfer) {
  Transfer* before = last;
  while (before != nullptr && before->target_ > transfer.target_) before = before->earlier_;
  transfer.earlier_ = before;
  transfer.later_ = before == nullptr ? first : before->later_;
  (before == nullptr ? first : before->later_) = &transfer;
  (transfer.later_ == nullptr ? last : transfer.later_->earlier_) = &transfer;
  transfer.under_way_ = true;
  ++count;
}

void Link::Sharing::remove(Transfer& transfer) {
  (transfer.earlier_ == nullptr ? first : transfer.earlier_->later_) = transfer.later_;
  (transfer.later_ == nullptr ? last : transfer.later_->earlier_) = transfer.earlier_;
  transfer.under_way_ = false;
  --count;
}

void Link::advance() {
  const Time now = sharing_->simulation.now();
  if (now == sharing_->advanced_to) return;
  const auto elapsed = sim::Int128{(now - sharing_->advanced_to).count()};
  sharing_->virtual_bits +=
      elapsed * rate_.bits_per_second * scale / (sim::Int128{ns_per_s} * sharing_->count);
  sharing_->advanced_to = now;
}

void Link::join(Transfer& transfer) {
  Sharing& sharing = sharing_.make(transfer.promise_->simulation());
  advance();
  transfer.target_ = sharing.virtual_bits + sim::Int128{transfer.bytes_.count} * 8 * scale;
  sharing.insert(transfer);
  plan_departure();
}

void Link::leave(Transfer& transfer) {
  advance();
  sharing_->remove(transfer);
  if (sharing_->next == &transfer) sharing_->next = nullptr;
  plan_departure();
}

// Its time has come, and that of those with the same target.
void Link::depart(Transfer& first) {
  advance();
  Sharing& sharing = *sharing_;
  sharing.remove(first);
  while (sharing.first != nullptr && sharing.first->target_ <= sharing.virtual_bits) {
    Transfer& done = *sharing.first;
    sharing.remove(done);
    done.wake_up_ = sharing.simulation.wake(*done.promise_);
  }
  sharing.next = nullptr;
  plan_departure();
}

// The last one to leave takes the accounts along.
void Link::plan_departure() {
  Sharing& sharing = *sharing_;
  if (sharing.next != nullptr) sharing.simulation.cancel(sharing.next->wake_up_);
  if (sharing.first == nullptr) return sharing_.drop();
  const sim::Int128 left = sharing.first->target_ - sharing.virtual_bits;
  const sim::Int128 per_ns = sim::Int128{rate_.bits_per_second} * scale;
  const sim::Int128 rounded_up = left * ns_per_s * sharing.count + per_ns - 1;
  const sim::Int128 wait = divided(rounded_up >> fraction, rate_.bits_per_second);
  // Rounded up, a departure is overdue by part of a ns when others join at that moment; and the
  // slowest come after the end of time.
  const sim::Int128 longest = Duration::max().count();
  const Duration in(static_cast<std::int64_t>(std::clamp(wait, sim::Int128{0}, longest)));
  const Time at = sharing.simulation.after(in);
  sharing.next = sharing.first;
  sharing.next->wake_up_ = sharing.simulation.set_timer(at, *sharing.next->promise_);
}

}  // namespace sixslots::models
