#include "models/feed.hpp"

#include <algorithm>

#include "sim/timeout.hpp"
#include "sim/variates.hpp"

namespace sixslots::models {

std::uint32_t UpdateTimes::from(Time time) const {
  return forgotten_ +
         static_cast<std::uint32_t>(std::ranges::lower_bound(times_, time) - times_.begin());
}

std::uint32_t UpdateTimes::after(Time time) const {
  return forgotten_ +
         static_cast<std::uint32_t>(std::ranges::upper_bound(times_, time) - times_.begin());
}

void UpdateTimes::forget_before(std::uint32_t number) {
  if (number > forgotten_) {
    times_.erase(times_.begin(), times_.begin() + (number - forgotten_));
    forgotten_ = number;
  }
  enough_ = std::max(few, 2 * times_.size());
}

Feed::Feed(sim::Simulation& simulation, int rows) : processes_(simulation) {
  for (int row = 0; row < rows; ++row) rows_.emplace_back();
}

void Feed::start(const UpdateSpec& spec, const sim::RandomSource& random) {
  if (spec.rate <= 0.0) return;
  const sim::EntityId parent = sim::entity_id("row");
  for (int row = 0; row < rows(); ++row) {
    const sim::EntityId entity = sim::entity_id(parent, static_cast<std::uint32_t>(row));
    processes_.spawn(update_row(row, spec.rate, random.stream(entity, sim::Purpose::update)));
  }
}

sim::Process Feed::update_row(int row, double rate, sim::RandomStream stream) {
  const auto mean = Duration(static_cast<std::int64_t>(1e9 / rate));
  sim::Variates gaps(sim::Distribution::exponential(mean), stream);
  for (;;) {
    co_await simulation().delay(gaps.next());
    publish(row);
  }
}

void Feed::publish(int row) {
  const Time now = simulation().now();
  UpdateTimes& updates = at(row).updates;
  if (updates.many() && seen_by_all_) updates.forget_before(seen_by_all_(row));
  const std::uint32_t update = updates.size();
  updates.add(now);
  for (Channel* channel : at(row).channels) channel->push(row, update);
  for (Channel* channel : channels_) channel->push(row, update);
  at(row).updated.pulse();
  any_updated_.pulse();
}

sim::Task<> LongPollHold::wait() {
  news_ = display_.behind(rows_);
  if (news_) co_return;
  sim::Task<> update = feed_.updated(rows_).task();
  const bool updated = co_await sim::within(timeout_, update);
  news_ = updated;
}

}  // namespace sixslots::models
