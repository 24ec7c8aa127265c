#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>

#include "sim/frame_pool.hpp"

namespace sixslots::sim {

class Simulation;
class Scope;
class ProcessPromise;

/// Names a scheduled resumption, also when it has happened or was taken back: see Simulation.
class TimerId {
 public:
  constexpr TimerId() = default;

 private:
  friend class Simulation;
  constexpr explicit TimerId(std::uint64_t bits) : bits_(bits) {}
  std::uint64_t bits_ = 0;
};

/// Names, with who waits for it, a scheduled resumption that has not happened: see Simulation.
class EntryId {
 public:
  EntryId() = default;

 private:
  friend class Simulation;
  constexpr explicit EntryId(std::uint64_t bits) : bits_(bits) {}
  std::uint64_t bits_;
};

/// What every coroutine of a simulation carries: the process it runs in.
class PromiseBase {
 public:
  [[nodiscard]] Simulation& simulation() const;
  /// Kept nowhere, to save memory: a promise stands at a fixed place in its frame, see in_place().
  [[nodiscard]] std::coroutine_handle<> handle() {
    return std::coroutine_handle<PromiseBase>::from_promise(*this);
  }

  static void* operator new(std::size_t size) { return allocate_frame(size); }
  static void operator delete(void* frame, std::size_t size) { release_frame(frame, size); }

  std::suspend_always initial_suspend() noexcept { return {}; }
  [[noreturn]] void unhandled_exception() { std::terminate(); }  // models do not throw

 protected:
  PromiseBase() = default;

  /// That fixed place, behind the frame's two function pointers, holds for promises that are not
  /// over-aligned and derive from this class first.
  template <class Promise>
  static constexpr bool in_place() {
    return alignof(Promise) <= 2 * sizeof(void*);
  }

 private:
  friend class Simulation;
  friend class Scope;
  friend class ProcessPromise;
  template <class T>
  friend class Task;

  ProcessPromise* process_ = nullptr;
};

/// A coroutine that acts: a page, a user, a server's answer. It runs when a Scope or Simulation
/// spawns it and ends by itself or, from outside, with its Scope: then its frame is destroyed,
/// every queue it stands in is left and every lease it holds is given back.
class [[nodiscard]] Process {
 public:
  using promise_type = ProcessPromise;
  explicit Process(std::coroutine_handle<ProcessPromise> handle) : handle_(handle) {}
  Process(Process&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Process& operator=(Process&&) = delete;
  ~Process() {
    if (handle_) handle_.destroy();
  }

 private:
  friend class Scope;
  std::coroutine_handle<ProcessPromise> handle_;
};

class ProcessPromise : public PromiseBase {
 public:
  ProcessPromise() { process_ = this; }
  ~ProcessPromise();
  ProcessPromise(const ProcessPromise&) = delete;
  ProcessPromise& operator=(const ProcessPromise&) = delete;

  Process get_return_object() {
    static_assert(in_place<ProcessPromise>());
    return Process(std::coroutine_handle<ProcessPromise>::from_promise(*this));
  }
  std::suspend_never final_suspend() noexcept { return {}; }
  void return_void() {}

 private:
  friend class Simulation;
  friend class Scope;
  friend class PromiseBase;
  friend class ProcessRef;

  Scope* scope_ = nullptr;
  ProcessPromise* older_ = nullptr;
  ProcessPromise* younger_ = nullptr;
  class ProcessRef* ref_ = nullptr;
  TimerId start_;
};

/// Refers to a process while it lives, to end it from outside; dropping it does nothing.
class ProcessRef {
 public:
  ProcessRef() = default;
  explicit ProcessRef(ProcessPromise& process) { point_at(&process); }
  ProcessRef(ProcessRef&& other) noexcept { point_at(other.release()); }
  ProcessRef& operator=(ProcessRef&& other) noexcept {
    ProcessPromise* process = other.release();
    release();
    point_at(process);
    return *this;
  }
  ~ProcessRef() { release(); }

  [[nodiscard]] bool alive() const { return process_ != nullptr; }

  /// Destroys the process, if it still lives; at its next suspension if it is the one running. A
  /// process must not end one that owns it.
  void end();

 private:
  friend class ProcessPromise;
  void point_at(ProcessPromise* process) {
    process_ = process;
    if (process_ != nullptr) process_->ref_ = this;
  }
  ProcessPromise* release() {
    if (process_ != nullptr) process_->ref_ = nullptr;
    return std::exchange(process_, nullptr);
  }

  ProcessPromise* process_ = nullptr;
};

/// A set of processes that end together, oldest first: those of a tab, of a page, of a server.
class Scope {
 public:
  explicit Scope(Simulation& simulation) : simulation_(&simulation) {}
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope() { end_all(); }

  /// Starts a process now, after what is already scheduled for now.
  ProcessRef spawn(Process process);

  /// Ends all its processes; must not be called by one of them.
  void end_all();

  [[nodiscard]] bool empty() const { return oldest_ == nullptr; }
  [[nodiscard]] Simulation& simulation() const { return *simulation_; }

 private:
  friend class ProcessPromise;
  void start(ProcessPromise& process);
  void unlink(ProcessPromise& process);

  Simulation* simulation_;
  ProcessPromise* oldest_ = nullptr;
  ProcessPromise* youngest_ = nullptr;
};

inline Simulation& PromiseBase::simulation() const { return process_->scope_->simulation(); }

inline ProcessRef Scope::spawn(Process process) {
  ProcessPromise& promise = std::exchange(process.handle_, nullptr).promise();
  start(promise);
  return ProcessRef(promise);
}

inline ProcessPromise::~ProcessPromise() {
  if (scope_ != nullptr) scope_->unlink(*this);
  if (ref_ != nullptr) ref_->process_ = nullptr;
}

}  // namespace sixslots::sim
