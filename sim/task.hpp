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

/// Of a task's promise: how the coroutine ends. It hands over its result and is gone then, as a
/// process is; its frame need not be entered once more to be destroyed.
template <class T>
class TaskEnd : public PromiseBase {
 public:
  template <class U>
  void return_value(U&& value) {
    task_->result_.emplace(std::forward<U>(value));
  }

 protected:
  Task<T>* task_ = nullptr;
};

template <>
class TaskEnd<void> : public PromiseBase {
 public:
  void return_void() {}

 protected:
  Task<void>* task_ = nullptr;
};

/// A coroutine that another one awaits: a part of a process that has a name and a result.
/// It starts when awaited and dies with its Task object, wherever it is suspended.
template <class T = void>
class [[nodiscard]] Task {
 public:
  class promise_type : public TaskEnd<T> {
   public:
    Task get_return_object() {
      static_assert(PromiseBase::in_place<promise_type>());
      return Task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_never final_suspend() noexcept {
      this->task_->handle_ = nullptr;
      awaiting_->simulation().run_next(*awaiting_);
      return {};
    }

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

  [[nodiscard]] bool done() const { return !handle_; }

  /// Starts it on behalf of `parent`, which is resumed when it is done. From now on it stays where
  /// it is.
  void start(PromiseBase& parent) {
    promise_type& promise = handle_.promise();
    promise.process_ = parent.process_;
    promise.task_ = this;
    promise.awaiting_ = &parent;
    parent.simulation().run_next(promise);
  }

  T result() requires(!std::is_void_v<T>) { return std::move(*result_); }

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
  friend class TaskEnd<T>;
  struct Nothing {};

  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_ = nullptr;  // null: it has ended
  [[no_unique_address]] std::conditional_t<std::is_void_v<T>, Nothing, std::optional<T>> result_;
};

}  // namespace sixslots::sim
