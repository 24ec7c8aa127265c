#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/time.hpp"

namespace sixslots::reports {

/// A stretch of time as a row of cells.
class Bar {
 public:
  /// `cells` cells for the time up to `end`.
  Bar(int cells, sim::Time end);

  void wait(sim::Time from, sim::Time to) { fill(from, to, "░"); }
  void hold(sim::Time from, sim::Time to) { fill(from, to, "█"); }
  /// Held when the run ended.
  void hold_to_the_end(sim::Time from);
  /// Waiting when the run ended.
  void wait_in_vain(sim::Time from);
  /// Writes over the cells from a moment on, where at least as many are left up to another.
  void write(std::string_view ascii, sim::Time from, sim::Time to);

  /// The cell that shows a moment.
  [[nodiscard]] int cell_of(sim::Time time) const;
  [[nodiscard]] std::string text() const;

 private:
  void fill(sim::Time from, sim::Time to, std::string_view sign);

  sim::Time end_;
  std::vector<std::string> cells_;
};

}  // namespace sixslots::reports
