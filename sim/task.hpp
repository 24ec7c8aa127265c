#pragma once

#include <coroutine>
#include <optional>
#include <type_traits>
#include <utility>

#include "sim/pooled.hpp"
#include "sim/process.hpp"
#include "sim/simulation.hpp"

namespace sixslots::sim {

template <class T>
class Task;

/// The result of a task that may be ended before, or nothing; of one without a result: whether it
/// was done.
template <class T>
using EndedOr = std::conditional_t<std::is_void_v<T>, bool, std::optional<T>>;

/// What a task brings to the one who awaits it, in whose frame it stands. That frame may be kept
/// for long, by a million others: a large result stands apart, until it is taken.
template <class T>
class TaskResult {
 public:
  T take() { return std::move(*value_); }

 private:
  template <class>
  friend class TaskPromise;
  template <class U>
  void put(U&& value) {
    if constexpr (is_large) {
      value_.make(std::forward<U>(value));
    } else {
      value_.emplace(std::forward<U>(value));
    }
  }

  static constexpr bool is_large = sizeof(T) > sizeof(void*);
  std::conditional_t<is_large, Pooled<T>, std::optional<T>> value_;
};

template <>
class TaskResult<void> {
 public:
  void take() {}
};

/// The part of a task's promise that depends on its result.
template <class T>
class TaskPromise : public PromiseBase {
 public:
  template <class U>
  void return_value(U&& value) {
    result_->put(std::forward<U>(value));
  }

 protected:
  void bring_to(TaskResult<T>& result) { result_ = &result; }

 private:
  TaskResult<T>* result_ = nullptr;
};

template <>
class TaskPromise<void> : public PromiseBase {
 public:
  void return_void() {}

 protected:
  void bring_to(TaskResult<void>& /*nothing*/) {}
};

/// A coroutine that another one awaits: a part of a process that has a name and a result.
/// It starts when awaited and dies when it is done, or with its Task object, wherever it is
/// suspended. Its frame is gone before its parent goes on.
template <class T = void>
class [[nodiscard]] Task {
 public:
  class promise_type : public TaskPromise<T> {
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

  [[nodiscard]] bool has_nothing_to_do() const { return !handle_; }

  /// Starts it on behalf of `parent`, which is resumed when it is done; the task must not move
  /// before.
  void start(PromiseBase& parent) {
    promise_type& promise = handle_.promise();
    promise.process_ = parent.process_;
    promise.awaiting_ = &parent;
    promise.bring_to(result_);
    parent.simulation().run_next(promise);
  }

  /// The parent has been resumed: by its end, or else by something that ends it where it stands.
  EndedOr<T> result_if(bool done) {
    if (!done) {
      reset();
      return EndedOr<T>{};
    }
    if constexpr (std::is_void_v<T>) {
      result();
      return true;
    } else {
      return result();
    }
  }

  /// The parent has been resumed by its end.
  T result() {
    handle_ = nullptr;
    return result_.take();
  }

  // Awaiting a task is a plain call; the run loop does the transfer, so that a long chain of tasks
  // that never wait needs no stack (symmetric transfer does, without optimisation).
  [[nodiscard]] bool await_ready() const { return std::is_void_v<T> && !handle_; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> parent) {
    start(parent.promise());
  }
  T await_resume() { return result(); }

 private:
  // A frame that is done goes by itself. But where the process has been ended from within, its
  // parent is not resumed, and destroys it. What the task's arguments do as they go comes later and
  // must not end the process.
  struct Return {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<promise_type> self) const noexcept {
      PromiseBase& parent = *self.promise().awaiting_;
      return !parent.simulation().goes_on(parent);
    }
    void await_resume() const noexcept {}
  };

  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_ = nullptr;
  [[no_unique_address]] TaskResult<T> result_;
};

}  // namespace sixslots::sim
