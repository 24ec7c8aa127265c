#pragma once

#include "sim/task.hpp"

namespace sixslots::sim {

/// Awaits a task for at most some time: see within().
template <class T>
class Within {
 public:
  Within(Duration limit, Task<T>& task) : limit_(limit), task_(task) {}
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;
  ~Within() {
    if (simulation_ != nullptr) simulation_->cancel(timer_);
  }

  [[nodiscard]] bool await_ready() const { return task_.has_nothing_to_do(); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiter) {
    simulation_ = &waiter.promise().simulation();
    timer_ = simulation_->set_last_timer(simulation_->after(limit_), waiter.promise());
    task_.start(waiter.promise());
  }
  EndedOr<T> await_resume() {
    const bool done = simulation_ == nullptr || simulation_->is_pending(timer_);
    if (simulation_ != nullptr) simulation_->cancel(timer_);
    timer_ = TimerId();
    return task_.result_if(done);
  }

 private:
  Duration limit_;
  Task<T>& task_;
  Simulation* simulation_ = nullptr;
  TimerId timer_;
};

/// `auto result = co_await within(limit, task);` ends the task when `limit` has passed: its frame
/// is destroyed, so it leaves every queue and gives back what it holds. A task that is done at the
/// very instant the time runs out counts as done; of two limits that meet, the one set first runs
/// out.
template <class T>
[[nodiscard]] Within<T> within(Duration limit, Task<T>& task) {
  return Within<T>(limit, task);
}

}  // namespace sixslots::sim
