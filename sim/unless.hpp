#pragma once

#include "sim/signal.hpp"
#include "sim/task.hpp"
#include "sim/wait_list.hpp"

namespace sixslots::sim {

/// Awaits a task for as long as a signal does not come: see unless().
template <class T>
class Unless : public Waiter {
 public:
  Unless(Signal& signal, Task<T>& task) : signal_(signal), task_(task) {}

  [[nodiscard]] bool await_ready() const { return task_.has_nothing_to_do(); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiter) {
    park(waiter.promise(), signal_.waiters());
    task_.start(waiter.promise());
  }
  EndedOr<T> await_resume() {
    if (task_.has_nothing_to_do()) return task_.result_if(true);
    const bool done = still_waits();
    stop_waiting();
    return task_.result_if(done);
  }

 private:
  Signal& signal_;
  Task<T>& task_;
};

/// `auto result = co_await unless(signal, task);` ends the task where it stands when the signal
/// fires or pulses: its frame is destroyed, so it leaves every queue and gives back what it holds.
/// A signal that has fired before does not count. A task that is done at the very instant counts as
/// done, if it comes first.
template <class T>
[[nodiscard]] Unless<T> unless(Signal& signal, Task<T>& task) {
  return Unless<T>(signal, task);
}

}  // namespace sixslots::sim
