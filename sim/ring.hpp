#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "sim/frame_pool.hpp"

namespace sixslots::sim {

/// A first-in first-out queue in a power-of-two ring: no allocation once it has grown.
template <class T>
class Ring {
 public:
  [[nodiscard]] bool empty() const { return first_ == end_; }
  [[nodiscard]] std::size_t size() const { return end_ - first_; }

  void push(T value) {
    if (size() == capacity_) grow();
    slots_[end_++ & (capacity_ - 1)] = value;
  }
  T pop() { return slots_[first_++ & (capacity_ - 1)]; }

  /// Places count all that ever came; the one that is pushed next stands at the end.
  [[nodiscard]] std::size_t end() const { return end_; }
  /// Whether what was pushed there is still in the queue.
  [[nodiscard]] bool holds(std::size_t place) const { return place >= first_; }
  [[nodiscard]] T& at(std::size_t place) { return slots_[place & (capacity_ - 1)]; }
  [[nodiscard]] const T& at(std::size_t place) const { return slots_[place & (capacity_ - 1)]; }

 private:
  // Apart from push(), which is small so.
  [[gnu::noinline]] void grow() {
    const std::size_t wider = capacity_ == 0 ? 16 : 2 * capacity_;
    std::vector<T, FrameAllocator<T>> slots(wider);
    for (std::size_t i = first_; i < end_; ++i)
      slots[i & (wider - 1)] = slots_[i & (capacity_ - 1)];
    slots_ = std::move(slots);
    capacity_ = wider;
  }

  std::vector<T, FrameAllocator<T>> slots_;
  std::size_t capacity_ = 0;
  std::size_t first_ = 0;  // a place; in the slots it is what remains by the capacity
  std::size_t end_ = 0;
};

}  // namespace sixslots::sim
