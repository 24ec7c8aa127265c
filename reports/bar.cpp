#include "reports/bar.hpp"

#include <algorithm>

namespace sixslots::reports {

Bar::Bar(int cells, sim::Time end)
    : end_(end), cells_(static_cast<std::size_t>(std::max(1, cells)), " ") {}

int Bar::cell_of(sim::Time time) const {
  const auto last = static_cast<int>(cells_.size()) - 1;
  if (end_ <= sim::start_of_time) return 0;
  const double share =
      sim::seconds(time.time_since_epoch()) / sim::seconds(end_.time_since_epoch());
  return std::clamp(static_cast<int>(share * static_cast<double>(cells_.size())), 0, last);
}

void Bar::fill(sim::Time from, sim::Time to, std::string_view sign) {
  for (int cell = cell_of(from); cell <= cell_of(to); ++cell) {
    cells_[static_cast<std::size_t>(cell)] = sign;
  }
}

void Bar::hold_to_the_end(sim::Time from) {
  hold(from, end_);
  cells_.back() = "▶";
}

void Bar::wait_in_vain(sim::Time from) {
  wait(from, end_);
  cells_.back() = "✗";
}

void Bar::write(std::string_view ascii, sim::Time from, sim::Time to) {
  const int first = cell_of(from) + 1;
  if (cell_of(to) - first <= static_cast<int>(ascii.size())) return;
  for (std::size_t i = 0; i < ascii.size(); ++i) {
    cells_[static_cast<std::size_t>(first) + i] = std::string(1, ascii[i]);
  }
}

std::string Bar::text() const {
  std::string text;
  for (const std::string& cell : cells_) text += cell;
  return text;
}

}  // namespace sixslots::reports
