#include "models/channel.hpp"

#include <algorithm>

#include "models/page.hpp"

namespace sixslots::models {

void Display::show(RowRange rows, Time state) {
  for (int row = rows.first; row < rows.first + rows.count; ++row) {
    const UpdateTimes& updates = app_.site.feed.updates(row);
    if (updates.size() == 0) continue;
    if (shown_ == nullptr) show_what_came_with_the_page();
    std::uint32_t& shown = shown_[static_cast<std::size_t>(row)];
    while (shown < updates.size() && updates[shown] <= state) {
      app_.browser.observer().displayed(updates[shown++]);
    }
  }
}

void Display::show_what_came_with_the_page() {
  const auto rows = static_cast<std::size_t>(app_.site.feed.rows());
  shown_ = std::make_unique_for_overwrite<std::uint32_t[]>(rows);
  for (std::size_t row = 0; row < rows; ++row) shown_[row] = before(static_cast<int>(row));
}

std::uint32_t Display::before(int row) const { return app_.site.feed.updates(row).from(opened_); }

bool Display::behind(RowRange rows) const {
  for (int row = rows.first; row < rows.first + rows.count; ++row) {
    if (shown(row) < app_.site.feed.updates(row).size()) return true;
  }
  return false;
}

void Display::finish() {
  for (int row = 0; row < app_.site.feed.rows(); ++row) {
    const UpdateTimes& updates = app_.site.feed.updates(row);
    for (std::uint32_t i = shown(row); i < updates.size(); ++i) {
      app_.browser.observer().never_displayed(updates[i]);
    }
  }
}

Channel::Channel(App& app, std::int32_t tab, Display* display, RowRange rows, const Lane& lane)
    : app_(app),
      display_(display),
      transport_(lane.transport()),
      in_order_(lane.in_order()),
      rows_(rows),
      heard_(app.browser.simulation().now()),
      tab_(tab) {
  place_ = static_cast<std::uint32_t>(listeners().size());
  listeners().push_back(this);
  const Time state = heard_ - app_.browser.way_back();
  show(rows_, state);
  for (int row = rows_.first; row < rows_.first + rows_.count; ++row) {
    const UpdateTimes& updates = app_.site.feed.updates(row);
    for (std::uint32_t on_its_way = updates.after(state); on_its_way < updates.size();) {
      push(row, on_its_way++);
    }
  }
}

// The last listener takes its place, so that a million can leave one by one.
Channel::~Channel() {
  listeners()[place_] = listeners().back();
  listeners()[place_]->place_ = place_;
  listeners().pop_back();
}

Channels& Channel::listeners() const { return app_.site.feed.listeners(rows_); }

void Channel::show(RowRange rows, Time state) {
  if (display_ != nullptr) return display_->show(rows, state);
  for (Display* display = app_.displays; display != nullptr; display = display->next()) {
    display->show(rows, state);
  }
}

void Channel::push(int row, std::uint32_t update) {
  heard_ = app_.browser.simulation().now();
  deliveries_.make(app_.browser.simulation()).spawn(deliver(row, update));
}

// An update's message meets the same losses in every design.
Time Channel::readable(int row, std::uint32_t update) {
  Browser& browser = app_.browser;
  const sim::EntityId of_row =
      sim::entity_id(sim::entity_id("row"), static_cast<std::uint32_t>(row));
  const sim::EntityId entity = sim::entity_id(of_row, static_cast<std::uint32_t>(tab_));
  const PacketChances chances = browser.packet_chances(entity, update);
  Losses losses(browser.network().loss, chances, Losses::Way::back);
  const Lane lane(browser.network(), browser.down, transport_, in_order_,
                  transport_rules(app_.group.origin().protocol));
  const Time now = browser.simulation().now();
  Time readable = now;
  for (std::int64_t behind = lane.packets(app_.site.page.updates.size); behind-- > 0;) {
    readable = lane.arrival(losses, behind, now);
  }
  return readable;
}

// Usually half a round trip later. What is sent during an outage waits for what was sent before it.
Time Channel::arrival(Time sent) {
  const Browser& browser = app_.browser;
  Origin& origin = app_.group.origin();
  const Time arrives = sent + browser.way_back();
  if (!origin.is_in_outage(sent)) return arrives;
  return origin.readable(sent, arrives, browser.network().rtt, in_order_);
}

sim::Process Channel::deliver(int row, std::uint32_t update) {
  sim::Simulation& simulation = app_.browser.simulation();
  const Time updated = app_.site.feed.updates(row)[update];
  const Time arrives = arrival(updated);
  co_await simulation.until(arrives);
  if (app_.browser.network().lossy()) {
    const Time read = readable(row, update);
    if (read > simulation.now()) co_await simulation.until(read);
  }
  app_.browser.observer().bytes_moved(app_.site.page.updates.size);
  app_.group.origin().path->pushed(app_.site.page.updates.size);
  show({row, 1}, updated);
}

}  // namespace sixslots::models
