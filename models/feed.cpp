#include "models/feed.hpp"

#include <algorithm>

#include "sim/timeout.hpp"

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
  const sim::Distribution gap = sim::Distribution::exponential(mean);
  for (;;) {
    co_await simulation().delay(gap.sample(stream));
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

void Display::show(RowRange rows, Time state) {
  for (int row = rows.first; row < rows.first + rows.count; ++row) {
    const std::vector<Time>& updates = feed_.updates(row);
    std::size_t& shown = shown_[static_cast<std::size_t>(row)];
    while (shown < updates.size() && updates[shown] <= state) {
      observer_.displayed(updates[shown++]);
    }
  }
}

bool Display::behind(RowRange rows) const {
  for (int row = rows.first; row < rows.first + rows.count; ++row) {
    if (shown_[static_cast<std::size_t>(row)] < feed_.updates(row).size()) return true;
  }
  return false;
}

void Display::finish() {
  for (int row = 0; row < feed_.rows(); ++row) {
    const std::vector<Time>& updates = feed_.updates(row);
    for (std::size_t i = shown_[static_cast<std::size_t>(row)]; i < updates.size(); ++i) {
      observer_.never_displayed(updates[i]);
    }
  }
}

Channel::Channel(Feed& feed, RowRange rows, const std::vector<Display*>& displays, Browser& browser,
                 std::int32_t tab, const Lane& lane, Bytes size)
    : feed_(feed),
      rows_(rows),
      displays_(displays),
      browser_(browser),
      tab_(tab),
      lane_(lane),
      size_(size),
      heard_(feed.simulation().now()),
      deliveries_(feed.simulation()) {
  std::vector<Channel*>& listeners = feed_.listeners(rows_);
  place_ = listeners.size();
  listeners.push_back(this);
  const Time state = feed_.simulation().now() - browser_.way_back();
  for (Display* display : displays_) display->show(rows_, state);
  for (int row = rows_.first; row < rows_.first + rows_.count; ++row) {
    const std::vector<Time>& updates = feed_.updates(row);
    const auto on_its_way = std::ranges::upper_bound(updates, state);
    for (auto at = on_its_way; at != updates.end(); ++at) {
      push(row, static_cast<std::size_t>(at - updates.begin()));
    }
  }
}

// The last listener takes its place, so that a million can leave one by one.
Channel::~Channel() {
  std::vector<Channel*>& listeners = feed_.listeners(rows_);
  listeners[place_] = listeners.back();
  listeners[place_]->place_ = place_;
  listeners.pop_back();
}

void Channel::push(int row, std::size_t update) {
  heard_ = feed_.simulation().now();
  deliveries_.spawn(deliver(row, update));
}

// An update's message meets the same losses in every design.
Time Channel::readable(int row, std::size_t update) {
  const sim::EntityId of_row =
      sim::entity_id(sim::entity_id("row"), static_cast<std::uint32_t>(row));
  const sim::EntityId entity = sim::entity_id(of_row, static_cast<std::uint32_t>(tab_));
  const PacketChances chances = browser_.packet_chances(entity, static_cast<std::uint32_t>(update));
  Losses losses(browser_.network().loss, chances, Losses::Way::back);
  const Time now = feed_.simulation().now();
  Time readable = now;
  for (std::int64_t behind = lane_.packets(size_); behind-- > 0;) {
    readable = lane_.arrival(losses, behind, now);
  }
  return readable;
}

sim::Process Channel::deliver(int row, std::size_t update) {
  const Time updated = feed_.updates(row)[update];
  co_await feed_.simulation().until(updated + browser_.way_back());
  if (browser_.network().lossy()) {
    const Time read = readable(row, update);
    if (read > feed_.simulation().now()) co_await feed_.simulation().until(read);
  }
  browser_.observer().bytes_moved(size_);
  const RowRange one{row, 1};
  for (Display* display : displays_) display->show(one, updated);
}

sim::Task<> LongPollHold::wait() {
  if (display_.behind(rows_)) co_return;
  sim::Task<> update = feed_.updated(rows_).task();
  co_await sim::within(timeout_, update);
}

}  // namespace sixslots::models
