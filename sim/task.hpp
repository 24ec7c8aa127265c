#pragma once

#include <coroutine>
#include <optional>
#include <type_traits>
#include <utility>

#include "sim/process.hpp"
#include "sim/simulation.hpp"

namespace sixslots::sim {

template <class T>
class Task;

/// Where a task's result waits for the one who awaits it.
template <class T>
class TaskResult {
 public:
  template <class U>
  void return_value(U&& value) {
    value_.emplace(std::forward<U>(value));
  }
  T take() { return std::move(*value_); }

 private:
  std::optional<T> value_;
};

template <>
class TaskResult<void> {
 public:
  void return_void() {}
  void take() {}
};

/// A coroutine that another one awaits: a part of a process that has a name and a result.
/// It starts when awaited and dies with its Task object, wherever it is suspended.
template <class T = void>
class [[nodiscard]] Task {
 public:
  class promise_type : public PromiseBase, public TaskResult<T> {
   public:
    Task get_return_object() {
      static_assert(PromiseBase::in_place<promise_type>());
      return Task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    auto final_suspend() noexcept { return Return{}; }

   private:
    friend class Task;
    PromiseBase* awaiting_ = nullptr;
  };

  /// Nothing to do, and nothing to wait for: for a part that is often left out, without the cost of
  /// a coroutine.
  Task() requires std::is_void_v<T>
  = default;
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    reset();
    handle_ = std::exchange(other.handle_, nullptr);
    return *this;
  }
  ~Task() { reset(); }

  /// Ends it where it stands.
  void reset() {
    if (handle_) std::exchange(handle_, nullptr).destroy();
  }

  [[nodiscard]] bool done() const { return !handle_ || handle_.done(); }

  /// Starts it on behalf of `parent`, which is resumed when it is done.
  void start(PromiseBase& parent) {
    promise_type& promise = handle_.promise();
    promise.process_ = parent.process_;
    promise.awaiting_ = &parent;
    parent.simulation().run_next(promise);
  }

  T result() { return handle_.promise().take(); }

  // Awaiting a task is a plain call; the run loop does the transfer, so that a long chain of tasks
  // that never wait needs no stack (symmetric transfer does, without optimisation).
  [[nodiscard]] bool await_ready() const { return std::is_void_v<T> && !handle_; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> parent) {
    start(parent.promise());
  }
  T await_resume() {
    if constexpr (!std::is_void_v<T>) return result();
  }

 private:
  struct Return {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<promise_type> self) const noexcept {
      PromiseBase* parent = self.promise().awaiting_;
      parent->simulation().run_next(*parent);
    }
    void await_resume() const noexcept {}
  };

  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_ = nullptr;
};

}  // namespace sixslots::sim
