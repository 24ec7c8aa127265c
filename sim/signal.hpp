#pragma once

#include "sim/task.hpp"
#include "sim/wait_list.hpp"

namespace sixslots::sim {

/// Something that happens once, or again after reset(): "the page closed", "the session is up".
/// Waiting for what has happened does not wait.
class Signal {
 public:
  Signal() = default;
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  [[nodiscard]] bool fired() const { return fired_; }

  /// Wakes all who wait, in the order they came.
  void fire() {
    fired_ = true;
    wake_all();
  }

  /// Wakes all who wait now; who comes later waits for the next time.
  void pulse() { wake_all(); }

  void reset() { fired_ = false; }

  /// The awaiter of wait().
  class Wait : public Waiter {
   public:
    explicit Wait(Signal& signal) : signal_(signal) {}

    [[nodiscard]] bool await_ready() const { return signal_.fired_; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiter) {
      park(waiter.promise(), signal_.waiting_);
    }
    void await_resume() { resumed(); }

   private:
    Signal& signal_;
  };

  [[nodiscard]] Wait wait() { return Wait(*this); }

  /// For awaiters that wait for something else as well.
  [[nodiscard]] WaitList& waiters() { return waiting_; }

  /// The same as a task, for those who wait for a limited time.
  [[nodiscard]] Task<> task() { co_await wait(); }

 private:
  void wake_all() {
    while (Waiter* first = waiting_.front()) first->wake();
  }

  WaitList waiting_;
  bool fired_ = false;
};

}  // namespace sixslots::sim
