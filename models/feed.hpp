#pragma once

#include <memory>
#include <vector>

#include "models/channel.hpp"
#include "models/units.hpp"
#include "models/world_spec.hpp"
#include "sim/random.hpp"
#include "sim/signal.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

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
