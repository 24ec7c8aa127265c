#pragma once

#include <memory>
#include <vector>

#include "models/browser.hpp"
#include "models/observer.hpp"
#include "models/units.hpp"
#include "models/world_spec.hpp"
#include "sim/random.hpp"
#include "sim/signal.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

class Channel;

/// Neighbouring rows: one of them, or all.
struct RowRange {
  int first = 0;
  int count = 0;
};

/// The rows as the server knows them: when each was updated, and who listens.
class Feed {
 public:
  Feed(sim::Simulation& simulation, int rows);

  [[nodiscard]] int rows() const { return static_cast<int>(rows_.size()); }
  [[nodiscard]] const std::vector<Time>& updates(int row) const { return at(row).updates; }
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
    std::vector<Time> updates;
    std::vector<Channel*> channels;
    sim::Signal updated;
  };
  [[nodiscard]] Row& at(int row) { return *rows_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] const Row& at(int row) const { return *rows_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] std::vector<Channel*>& listeners(RowRange rows) {
    return rows.count == 1 ? at(rows.first).channels : channels_;
  }
  sim::Process update_row(int row, double rate, sim::RandomStream stream);

  std::vector<std::unique_ptr<Row>> rows_;
  std::vector<Channel*> channels_;  // those that carry all rows
  sim::Signal any_updated_;
  sim::Scope processes_;
};

/// What one tab shows of the rows. It measures staleness: from an update to its display.
class Display {
 public:
  Display(Feed& feed, Observer& observer)
      : feed_(feed), observer_(observer), shown_(static_cast<std::size_t>(feed.rows())) {}

  /// The tab has received the rows' state as of `state` at the server.
  void show(RowRange rows, Time state);

  /// An update of the rows is not shown yet.
  [[nodiscard]] bool behind(RowRange rows) const;

  /// Counts what is still not shown when the run ends.
  void finish();

 private:
  Feed& feed_;
  Observer& observer_;
  std::vector<std::size_t> shown_;  // number of updates shown, by row
};

/// An open way for the server to push rows to a browser: it exists while a stream or socket is
/// open. What was updated before it opened comes with its first message.
class Channel {
 public:
  /// Its messages, each of `size`, travel on `lane` to a tab of `browser`.
  Channel(Feed& feed, RowRange rows, const std::vector<Display*>& displays, Browser& browser,
          std::int32_t tab, const Lane& lane, Bytes size);
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel();

  /// When something was last sent on it; its opening counts.
  [[nodiscard]] Time heard() const { return heard_; }

 private:
  friend class Feed;
  void push(int row, std::size_t update);
  sim::Process deliver(int row, std::size_t update);
  [[nodiscard]] Time readable(int row, std::size_t update);

  Feed& feed_;
  RowRange rows_;
  const std::vector<Display*>& displays_;
  Browser& browser_;
  std::int32_t tab_;
  Lane lane_;
  Bytes size_;
  Time heard_;
  std::size_t place_ = 0;  // among the listeners
  sim::Scope deliveries_;
};

/// What makes the server hold its answer to a long poll: nothing new for the client.
class LongPollHold {
 public:
  LongPollHold(Feed& feed, const Display& display, RowRange rows, Duration timeout)
      : feed_(feed), display_(display), rows_(rows), timeout_(timeout) {}

  /// Returns when there is something to say, or after the timeout.
  sim::Task<> wait();

 private:
  Feed& feed_;
  const Display& display_;
  RowRange rows_;
  Duration timeout_;
};

}  // namespace sixslots::models
