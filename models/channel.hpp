#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/transport.hpp"
#include "models/units.hpp"
#include "sim/frame_pool.hpp"
#include "sim/pooled.hpp"
#include "sim/process.hpp"

namespace sixslots::models {

struct App;

/// Neighbouring rows: one of them, or all.
struct RowRange {
  int first = 0;
  int count = 0;
};

/// What one tab shows of the rows. It measures staleness: from an update to its display.
class Display {
 public:
  Display(App& app, Time opened) : app_(app), opened_(opened) {}

  /// What was updated before comes with the page, and is not waited for.
  [[nodiscard]] Time opened() const { return opened_; }

  /// The tab has received the rows' state as of `state` at the server.
  void show(RowRange rows, Time state);

  /// An update of the rows is not shown yet.
  [[nodiscard]] bool behind(RowRange rows) const;

  /// How many of a row's updates are shown, or came with the page.
  [[nodiscard]] std::uint32_t shown(int row) const {
    return shown_ == nullptr ? before(row) : shown_[static_cast<std::size_t>(row)];
  }

  /// Counts what is still not shown when the run ends.
  void finish();

  /// Of the tabs that have loaded, the one that did so before it.
  [[nodiscard]] Display* next() const { return next_; }
  void put_before(Display* next) { next_ = next; }

 private:
  [[nodiscard]] std::uint32_t before(int row) const;
  void show_what_came_with_the_page();

  App& app_;
  Time opened_;
  std::unique_ptr<std::uint32_t[]> shown_;  // number of updates, by row; null: none of any
  Display* next_ = nullptr;
};

class Channel;
using Channels = std::vector<Channel*, sim::FrameAllocator<Channel*>>;

/// An open way for the server to push rows to a browser: it exists while a stream or socket is
/// open. What was updated before it opened comes with its first message.
class Channel {
 public:
  /// Its messages travel on `lane` to a tab, and keep `display` current; null: those of all tabs
  /// that have loaded.
  Channel(App& app, std::int32_t tab, Display* display, RowRange rows, const Lane& lane);
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel();

  /// When something was last sent on it; its opening counts.
  [[nodiscard]] Time heard() const { return heard_; }

 private:
  friend class Feed;
  void push(int row, std::uint32_t update);
  sim::Process deliver(int row, std::uint32_t update);
  [[nodiscard]] Time arrival(Time sent);
  [[nodiscard]] Time readable(int row, std::uint32_t update);
  void show(RowRange rows, Time state);
  [[nodiscard]] Channels& listeners() const;

  App& app_;
  Display* display_;
  TransportLane& transport_;
  Time& in_order_;
  RowRange rows_;
  Time heard_;
  std::int32_t tab_;
  std::uint32_t place_ = 0;             // among the listeners
  sim::Pooled<sim::Scope> deliveries_;  // once there is one
};

}  // namespace sixslots::models
