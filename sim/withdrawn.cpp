#include "sim/withdrawn.hpp"

#include <algorithm>

namespace sixslots::sim {

namespace {

bool comes_later(const Event& a, const Event& b) { return a.place() > b.place(); }

}  // namespace

void Withdrawn::add(const Event& event) {
  later_.push_back(event);
  std::push_heap(later_.begin(), later_.end(), comes_later);
  first_place_ = std::min(first_place_, event.place());
}

void Withdrawn::gather(std::uint64_t place) {
  const auto before = static_cast<std::ptrdiff_t>(due_.size());
  while (!later_.empty() && later_.front().place() == place) {
    due_.push_back(later_.front().payload);
    std::pop_heap(later_.begin(), later_.end(), comes_later);
    later_.pop_back();
  }
  const auto added = due_.begin() + before;
  if (due_.end() - added == 1) {  // where each takes back the next, those before stay sorted
    std::rotate(std::upper_bound(due_.begin(), added, *added), added, due_.end());
  } else if (added != due_.end()) {
    std::sort(due_.begin(), due_.end());
  }
}

bool Withdrawn::take_due(const Event& event) {
  gather(event.place());
  const auto behind = std::upper_bound(due_.begin(), due_.end(), event.payload);
  if (behind == due_.begin() || behind[-1] != event.payload) return false;
  behind[-1] |= 1;
  if (++taken_ == due_.size()) {
    due_.clear();
    taken_ = 0;
    first_place_ = later_.empty() ? none : later_.front().place();
  }
  return true;
}

}  // namespace sixslots::sim
