#pragma once

#include <deque>
#include <functional>
#include <vector>

#include "models/channel.hpp"
#include "models/units.hpp"
#include "models/world_spec.hpp"
#include "sim/frame_pool.hpp"
#include "sim/random.hpp"
#include "sim/signal.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

/// When a row was updated. Updates are numbered from 0, and forgotten when everybody has seen them.
class UpdateTimes {
 public:
  [[nodiscard]] std::uint32_t size() const {
    return forgotten_ + static_cast<std::uint32_t>(times_.size());
  }
  [[nodiscard]] Time operator[](std::uint32_t number) const { return times_[number - forgotten_]; }
  /// The first one that is not before `time`, and the first one after it.
  [[nodiscard]] std::uint32_t from(Time time) const;
  [[nodiscard]] std::uint32_t after(Time time) const;

  void add(Time now) { times_.push_back(now); }
  /// So many are kept that it is time to look for some to forget.
  [[nodiscard]] bool many() const { return times_.size() >= enough_; }
  void forget_before(std::uint32_t number);

 private:
  static constexpr std::size_t few = 4096;
  std::vector<Time, sim::FrameAllocator<Time>> times_;
  std::uint32_t forgotten_ = 0;
  std::size_t enough_ = few;
};

/// The rows as the server knows them: when each was updated, and who listens.
class Feed {
 public:
  Feed(sim::Simulation& simulation, int rows);

  [[nodiscard]] int rows() const { return static_cast<int>(rows_.size()); }
  [[nodiscard]] const UpdateTimes& updates(int row) const { return at(row).updates; }

  /// Tells how many of a row's updates everybody has seen; without it, none is forgotten.
  void forgets(std::function<std::uint32_t(int row)> seen_by_all) {
    seen_by_all_ = std::move(seen_by_all);
  }
  [[nodiscard]] sim::Simulation& simulation() { return processes_.simulation(); }

  /// Fires a pulse at each update of the rows.
  [[nodiscard]] sim::Signal& updated(RowRange rows) {
    return rows.count == 1 ? at(rows.first).updated : any_updated_;
  }

  /// Updates every row at random times; a row's times do not depend on the number of rows.
  void start(const UpdateSpec& spec, const sim::RandomSource& random);

  void publish(int row);

 private:
  friend class Channel;
  struct Row {
    UpdateTimes updates;
    Channels channels;
    sim::Signal updated;
  };
  [[nodiscard]] Row& at(int row) { return rows_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] const Row& at(int row) const { return rows_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] Channels& listeners(RowRange rows) {
    return rows.count == 1 ? at(rows.first).channels : channels_;
  }
  sim::Process update_row(int row, double rate, sim::RandomStream stream);

  std::deque<Row, sim::FrameAllocator<Row>> rows_;  // stable addresses
  Channels channels_;                               // those that carry all rows
  sim::Signal any_updated_;
  std::function<std::uint32_t(int row)> seen_by_all_;
  sim::Scope processes_;
};

/// What makes the server hold its answer to a long poll: nothing new for the client.
class LongPollHold {
 public:
  LongPollHold(Feed& feed, const Display& display, RowRange rows, Duration timeout, Bytes update)
      : feed_(feed), display_(display), rows_(rows), timeout_(timeout), update_(update) {}

  /// Returns when there is something to say, or after the timeout.
  sim::Task<> wait();
  /// What the answer says then: an update, or nothing.
  [[nodiscard]] Bytes news() const { return news_ ? update_ : Bytes{}; }

 private:
  Feed& feed_;
  const Display& display_;
  RowRange rows_;
  Duration timeout_;
  Bytes update_;
  bool news_ = false;
};

}  // namespace sixslots::models
