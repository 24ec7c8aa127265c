#pragma once

#include <cassert>
#include <cstdint>
#include <vector>

#include "sim/event_queue.hpp"
#include "sim/process.hpp"
#include "sim/ring.hpp"
#include "sim/time.hpp"
#include "sim/withdrawn.hpp"

namespace sixslots::sim {

class Delay;
class LastDelay;

/// Virtual time and the run loop.
///
/// Order of events: by time; at one instant first what was scheduled earlier for it, then what that
/// scheduled for the same instant, in the order scheduled; timeouts come last, the first set first,
/// and each after what the one before has set going. So a slot freed at t serves an arrival at t
/// without waiting, and a timeout at the very instant of dispatch loses.
class Simulation {
 public:
  Simulation() : root_(*this) { cells_.reserve(64); }
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  [[nodiscard]] Time now() const { return now_; }

  /// The moment `duration` from now, or end_of_time if there is none so late.
  [[nodiscard]] Time after(Duration duration) const {
    assert(duration >= Duration::zero());
    return duration < end_of_time - now_ ? now_ + duration : end_of_time;
  }

  /// Starts a process that lives until it ends by itself, or with the simulation.
  ProcessRef spawn(Process process) { return root_.spawn(std::move(process)); }

  /// `co_await simulation.delay(d)` goes on after d (zero: after what is scheduled for now).
  Delay delay(Duration duration);

  /// The same, but after everything else of that instant: of a limit and what it limits, the latter
  /// counts when both come together.
  LastDelay delay_last(Duration duration);

  /// `co_await simulation.until(t)`; a moment that has passed by then counts as now.
  Delay until(Time time);

  /// Runs everything up to and including `end`, which must not have passed, and leaves the clock
  /// there.
  void run_until(Time end) { run_until(end, UINT64_MAX); }

  /// The same, but stops after `most` resumptions, at the time of the last one. Whether it has come
  /// to `end`.
  bool run_until(Time end, std::uint64_t most);

  /// The same for everything before `end`, which has not come yet.
  bool run_before(Time end, std::uint64_t most);

  /// Runs until nothing is scheduled any more; the clock also goes to what has been cancelled.
  void run();

  /// Number of resumptions in the runs so far, the one under way left out: the work done, for
  /// progress and benchmarks.
  [[nodiscard]] std::uint64_t events() const { return events_; }

  // For awaiters, which schedule the coroutine that awaits them and take back from their
  // destructors. Most resumptions happen, and cost least; timers are for what mostly does not: the
  // limits of what mostly comes in time, the ends of transfers whose rate changes.

  /// Resumes `promise` at `time`, or now if that has passed. A promise waits for one such moment at
  /// a time.
  EntryId schedule(Time time, PromiseBase& promise) {
    if (time <= now_) return EntryId(wake(promise).bits_);
    agenda_.push(time, entry_of(promise));
    return EntryId(static_cast<std::uint64_t>(time.time_since_epoch().count()));
  }

  /// Takes back a resumption that has not happened.
  void withdraw(EntryId id, const PromiseBase& promise) {
    if ((id.bits_ & in_ready) != 0) return cancel(TimerId(id.bits_));
    withdrawn_.add(Event(Time(Duration(id.bits_)), Turn::in_order, entry_of(promise)));
  }

  /// Resumes `promise` now, after what is scheduled for now.
  TimerId wake(PromiseBase& promise) {
    const TimerId id(in_ready | ready_.end());
    ready_.push(&promise);
    return id;
  }

  /// Resumes `promise` at `time`.
  TimerId set_timer(Time time, PromiseBase& promise) {
    return time == now_ ? wake(promise) : enter(time, promise, Turn::in_order);
  }

  /// Resumes `promise` at `time` after everything else of that instant.
  TimerId set_last_timer(Time time, PromiseBase& promise) {
    return enter(time, promise, Turn::last);
  }

  /// Takes back a resumption that has not happened; does nothing for one that has.
  void cancel(TimerId id) {
    if (is_pending(id)) take_back(id);
  }

  /// Whether the resumption has neither happened nor been taken back.
  [[nodiscard]] bool is_pending(TimerId id) const;

  /// Transfers control: `promise` runs as soon as the running coroutine suspends.
  void run_next(PromiseBase& promise) { next_ = &promise; }

  /// The same for a task that is done. False: the running process has been ended, and will be
  /// destroyed instead.
  bool goes_on(PromiseBase& promise) {
    next_ = &promise;
    return !end_running_;
  }

 private:
  friend class ProcessRef;
  friend class Scope;

  // An entry of the agenda stays there until its time, also when it is taken back. It is the
  // address of who is to be resumed, unless withdrawn_ has it; or it names a timer: a cell and its
  // generation, which is another one when the timer was cancelled.
  struct Cell {
    union {
      PromiseBase* promise;     // NOLINT(readability-identifier-naming)
      std::uint32_t next_free;  // NOLINT(readability-identifier-naming)
    };
    std::uint32_t generation = 1;
  };
  static constexpr std::uint32_t none = UINT32_MAX;

  // What callers keep of one who resumes now is its place in ready_, with the top bit set; else of
  // a timer the entry, and of others the time.
  static constexpr std::uint64_t in_ready = std::uint64_t{1} << 63;
  static constexpr std::size_t place_of(TimerId id) { return id.bits_ & ~in_ready; }

  static std::uint64_t entry_of(const PromiseBase& promise) {
    return reinterpret_cast<std::uintptr_t>(&promise);
  }
  static PromiseBase* promise_of(std::uint64_t entry) {
    return reinterpret_cast<PromiseBase*>(static_cast<std::uintptr_t>(entry));
  }

  // A timer's entry is the index of its cell above the generation, which is odd, as no pointer is.
  static constexpr bool is_timer(std::uint64_t entry) { return (entry & 1) != 0; }
  static constexpr std::uint32_t index_of(std::uint64_t entry) {
    return static_cast<std::uint32_t>(entry >> 32);
  }
  static constexpr std::uint32_t generation_of(std::uint64_t entry) {
    return static_cast<std::uint32_t>(entry);
  }

  TimerId enter(Time time, PromiseBase& promise, Turn turn);
  TimerId enter_with_more_cells(Time time, PromiseBase& promise, Turn turn);
  PromiseBase* free_cell(std::uint32_t index);
  void take_back(TimerId id);
  PromiseBase* take_from_agenda();
  bool take_next(Time end, PromiseBase*& next);
  void resume(PromiseBase& promise);
  void end(ProcessPromise& process);
  bool proceed(Time end, std::uint64_t most);

  Time now_ = start_of_time;
  std::uint64_t events_ = 0;
  PromiseBase* next_ = nullptr;
  ProcessPromise* running_ = nullptr;
  bool end_running_ = false;  // the running process was ended from within
  EventQueue agenda_;
  Withdrawn withdrawn_;
  Ring<PromiseBase*> ready_;  // resumed at now, in the order scheduled; null: taken back
  std::vector<Cell> cells_;
  std::uint32_t free_cells_ = none;
  Scope root_;  // last: its processes may cancel while they end
};

// What happens seldom stands apart, here and in the queues: this is called at every event.
inline TimerId Simulation::enter(Time time, PromiseBase& promise, Turn turn) {
  assert(time >= now_);
  if (free_cells_ == none) return enter_with_more_cells(time, promise, turn);
  const std::uint32_t index = free_cells_;
  Cell& cell = cells_[index];
  free_cells_ = cell.next_free;
  cell.promise = &promise;
  const TimerId id((std::uint64_t{index} << 32) | cell.generation);
  agenda_.push(time, id.bits_, turn);
  return id;
}

/// Who was to be resumed.
inline PromiseBase* Simulation::free_cell(std::uint32_t index) {
  Cell& cell = cells_[index];
  PromiseBase* promise = cell.promise;
  cell.generation += 2;  // always odd
  cell.next_free = free_cells_;
  free_cells_ = index;
  return promise;
}

inline bool Simulation::is_pending(TimerId id) const {
  if (id.bits_ == 0) return false;
  if ((id.bits_ & in_ready) != 0) {
    const std::size_t place = place_of(id);
    return ready_.holds(place) && ready_.at(place) != nullptr;
  }
  return cells_[index_of(id.bits_)].generation == generation_of(id.bits_);
}

/// The awaiter of delay() and until().
class [[nodiscard]] Delay {
 public:
  Delay(Simulation& simulation, Time time) : simulation_(simulation), time_(time) {}
  Delay(const Delay&) = delete;
  Delay& operator=(const Delay&) = delete;
  ~Delay() {
    if (waiter_ != nullptr) simulation_.withdraw(entry_, *waiter_);
  }

  [[nodiscard]] bool await_ready() const { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiter) {
    waiter_ = &waiter.promise();
    entry_ = simulation_.schedule(time_, *waiter_);
  }
  void await_resume() { waiter_ = nullptr; }

 private:
  Simulation& simulation_;
  PromiseBase* waiter_ = nullptr;  // while it waits
  union {                          // before, and while it does
    Time time_;                    // NOLINT(readability-identifier-naming)
    EntryId entry_;                // NOLINT(readability-identifier-naming)
  };
};

/// The awaiter of delay_last().
class [[nodiscard]] LastDelay {
 public:
  LastDelay(Simulation& simulation, Time time) : simulation_(simulation), time_(time) {}
  LastDelay(const LastDelay&) = delete;
  LastDelay& operator=(const LastDelay&) = delete;
  ~LastDelay() { simulation_.cancel(timer_); }

  [[nodiscard]] bool await_ready() const { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiter) {
    timer_ = simulation_.set_last_timer(time_, waiter.promise());
  }
  void await_resume() { timer_ = TimerId(); }

 private:
  Simulation& simulation_;
  Time time_;
  TimerId timer_;
};

inline LastDelay Simulation::delay_last(Duration duration) {
  return LastDelay(*this, after(duration));
}

inline Delay Simulation::delay(Duration duration) { return Delay(*this, after(duration)); }

inline Delay Simulation::until(Time time) { return Delay(*this, time); }

}  // namespace sixslots::sim
