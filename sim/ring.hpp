#pragma once

#include <cstddef>
#include <vector>

namespace sixslots::sim {

/// A first-in first-out queue in a power-of-two ring: no allocation once it has grown.
template <class T>
class Ring {
 public:
  [[nodiscard]] bool empty() const { return first_ == end_; }
  [[nodiscard]] std::size_t size() const { return end_ - first_; }

  void push(T value) {
    if (size() == slots_.size()) grow();
    slots_[end_++ & (slots_.size() - 1)] = value;
  }
  T pop() { return slots_[first_++ & (slots_.size() - 1)]; }

 private:
  void grow() {
    std::vector<T> wider(slots_.empty() ? 16 : 2 * slots_.size());
    const std::size_t count = size();
    for (std::size_t i = 0; i < count; ++i) wider[i] = slots_[(first_ + i) & (slots_.size() - 1)];
    slots_.swap(wider);
    first_ = 0;
    end_ = count;
  }

  std::vector<T> slots_;
  std::size_t first_ = 0;
  std::size_t end_ = 0;
};

}  // namespace sixslots::sim
