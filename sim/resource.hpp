#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "sim/pooled.hpp"
#include "sim/wait_list.hpp"

namespace sixslots::sim {

class Resource;

/// One unit of a resource, given back when it goes out of scope.
class [[nodiscard]] Lease {
 public:
  Lease() = default;
  explicit Lease(Resource& resource) : resource_(&resource) {}
  Lease(Lease&& other) noexcept : resource_(std::exchange(other.resource_, nullptr)) {}
  Lease& operator=(Lease&& other) noexcept {
    release();
    resource_ = std::exchange(other.resource_, nullptr);
    return *this;
  }
  ~Lease() { release(); }

  /// Gives the unit back now.
  void release();

 private:
  Resource* resource_ = nullptr;
};

/// A number of equal units: workers, slots, permits. Who finds none free waits, by priority class
/// (0 is served first) and first come first served inside a class. A unit that is given back is
/// handed to the head of the queue at once, so that no newcomer overtakes; holders are never
/// preempted.
class Resource {
 public:
  static constexpr std::size_t classes = 8;

  explicit Resource(int capacity) : capacity_(capacity) {}
  Resource(const Resource&) = delete;
  Resource& operator=(const Resource&) = delete;
  ~Resource() { assert(in_use_ == 0); }

  /// The awaiter of acquire().
  class Acquire : public Waiter {
   public:
    Acquire(Resource& resource, std::size_t priority) : resource_(resource), priority_(priority) {}
    ~Acquire() {
      if (granted_) resource_.release();  // handed over, but the process ended before it took it
    }

    [[nodiscard]] bool await_ready() {
      granted_ = resource_.in_use_ < resource_.capacity_;
      if (granted_) ++resource_.in_use_;
      return granted_;
    }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiter) {
      Queues& waiting = resource_.waiting_.make();
      waiting.occupied |= 1U << priority_;
      park(waiter.promise(), waiting.lists[priority_]);
    }
    Lease await_resume() {
      resumed();
      granted_ = false;
      return Lease(resource_);
    }

   private:
    friend class Resource;
    Resource& resource_;
    std::size_t priority_;
    bool granted_ = false;
  };

  /// `Lease unit = co_await resource.acquire();`
  [[nodiscard]] Acquire acquire(std::size_t priority = 0) {
    assert(priority < classes);
    return Acquire(*this, priority);
  }

  /// More or fewer units from now on. Those beyond a smaller number vanish as they are given back.
  void resize(int capacity) {
    capacity_ = capacity;
    while (in_use_ < capacity_ && hand_over()) ++in_use_;
  }

  [[nodiscard]] int capacity() const { return capacity_; }
  [[nodiscard]] int in_use() const { return in_use_; }
  [[nodiscard]] std::size_t queue_length() const {
    std::size_t length = 0;
    if (!waiting_) return length;
    for (const WaitList& list : waiting_->lists) length += list.size();
    return length;
  }

 private:
  friend class Lease;

  // Apart, so that an awaiter that need not give anything back is not made slow by it.
  [[gnu::noinline]] void release() {
    if (in_use_ > capacity_ || !hand_over()) --in_use_;
  }

  /// Gives a unit to the head of the queue; false: nobody waits.
  bool hand_over() {
    Acquire* next = first_waiting();
    if (next == nullptr) return false;
    next->granted_ = true;
    next->wake();
    return true;
  }

  Acquire* first_waiting() {
    if (!waiting_) return nullptr;
    for (std::uint32_t& left = waiting_->occupied; left != 0; left &= left - 1) {
      const WaitList& list = waiting_->lists[static_cast<std::size_t>(std::countr_zero(left))];
      if (!list.empty()) return static_cast<Acquire*>(list.front());
    }
    return nullptr;
  }

  struct Queues {
    std::array<WaitList, classes> lists;
    std::uint32_t occupied = 0;  // a bit for each class where somebody may wait
  };

  int capacity_;
  int in_use_ = 0;
  Pooled<Queues> waiting_;  // once somebody has had to wait
};

inline void Lease::release() {
  if (resource_ != nullptr) std::exchange(resource_, nullptr)->release();
}

}  // namespace sixslots::sim
