#include "models/feed.hpp"

#include "sim/timeout.hpp"
#include "sim/variates.hpp"

namespace sixslots::models {

Feed::Feed(sim::Simulation& simulation, int rows) : processes_(simulation) {
  for (int row = 0; row < rows; ++row) rows_.push_back(std::make_unique<Row>());
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
  const std::size_t update = at(row).updates.size();
  at(row).updates.push_back(now);
  for (Channel* channel : at(row).channels) channel->push(row, update);
  for (Channel* channel : channels_) channel->push(row, update);
  at(row).updated.pulse();
  any_updated_.pulse();
}

sim::Task<> LongPollHold::wait() {
  if (display_.behind(rows_)) co_return;
  sim::Task<> update = feed_.updated(rows_).task();
  co_await sim::within(timeout_, update);
}

}  // namespace sixslots::models
