#pragma once

#include <cstddef>
#include <memory>

#include "sim/process.hpp"
#include "sim/simulation.hpp"

namespace sixslots::sim {

class Waiter;

/// Those who wait for something, in the order they came: an intrusive list.
class WaitList {
 public:
  WaitList() = default;
  WaitList(const WaitList&) = delete;
  WaitList& operator=(const WaitList&) = delete;

  [[nodiscard]] Waiter* front() const { return first_; }
  [[nodiscard]] bool empty() const { return first_ == nullptr; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  friend class Waiter;
  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
  std::size_t size_ = 0;
};

/// The part of an awaiter that stands in a queue. It leaves the queue, or takes back its wake-up,
/// when the coroutine that awaits is destroyed.
class Waiter {
 public:
  Waiter() : previous_(nullptr) {}
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  ~Waiter() {
    if (promise_ != nullptr) stop_waiting();
  }

  /// Takes it out of its queue and resumes its coroutine now, after what is scheduled for now.
  void wake() {
    leave();
    std::construct_at(&wake_up_, promise_->simulation().wake(*promise_));
  }

  [[nodiscard]] bool waiting() const { return list_ != nullptr; }

 protected:
  /// Stands at the end of `list` until woken.
  void park(PromiseBase& promise, WaitList& list) {
    promise_ = &promise;
    list_ = &list;
    previous_ = list.last_;
    next_ = nullptr;
    (list.last_ == nullptr ? list.first_ : list.last_->next_) = this;
    list.last_ = this;
    ++list.size_;
  }

  void resumed() { promise_ = nullptr; }

  /// Whether its queue has not resumed it. Its coroutine runs: if so, something else has.
  [[nodiscard]] bool still_waits() const {
    return list_ != nullptr || promise_->simulation().is_pending(wake_up_);
  }

  /// It waits no more, whether its coroutine has been resumed by something else or ends. Seldom,
  /// and so apart.
  [[gnu::noinline]] void stop_waiting() {
    if (list_ != nullptr) {
      leave();
    } else {
      promise_->simulation().cancel(wake_up_);
    }
    resumed();
  }

 private:
  void leave() {
    (previous_ == nullptr ? list_->first_ : previous_->next_) = next_;
    (next_ == nullptr ? list_->last_ : next_->previous_) = previous_;
    --list_->size_;
    list_ = nullptr;
  }

  PromiseBase* promise_ = nullptr;  // null: it does not wait
  WaitList* list_ = nullptr;        // null: it has been woken
  union {                           // in a fleet a million wait, and are kept small
    Waiter* previous_;              // NOLINT(readability-identifier-naming)
    TimerId wake_up_;               // NOLINT(readability-identifier-naming)
  };
  Waiter* next_ = nullptr;
};

}  // namespace sixslots::sim
