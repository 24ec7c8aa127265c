#include "sim/simulation.hpp"

namespace sixslots::sim {

namespace {

constexpr std::uint32_t cells_made_together = 16;

}  // namespace

TimerId Simulation::enter_with_more_cells(Time time, PromiseBase& promise, Turn turn) {
  const auto first = static_cast<std::uint32_t>(cells_.size());
  cells_.resize(first + cells_made_together);
  for (std::uint32_t i = 0; i < cells_made_together; ++i)
    cells_[first + i].next_free = first + i + 1;
  cells_.back().next_free = none;
  free_cells_ = first;
  return enter(time, promise, turn);
}

void Simulation::take_back(TimerId id) {
  if ((id.bits_ & in_ready) != 0) {
    ready_.at(place_of(id)) = nullptr;
  } else {
    free_cell(index_of(id.bits_));
  }
}

inline void Simulation::resume(PromiseBase& promise) {
  running_ = promise.process_;
  for (PromiseBase* next = &promise; next != nullptr; next = next_) {
    next_ = nullptr;
    next->handle().resume();
    if (end_running_) {
      end_running_ = false;
      next_ = nullptr;
      if (running_ != nullptr) running_->handle().destroy();
    }
  }
}

void Simulation::end(ProcessPromise& process) {
  if (&process == running_) {
    end_running_ = true;
  } else {
    process.handle().destroy();
  }
}

/// Who is due; null: it was taken back.
inline PromiseBase* Simulation::take_from_agenda() {
  const Event event = agenda_.pop_found();
  if (!is_timer(event.payload)) {
    return withdrawn_.take(event) ? nullptr : promise_of(event.payload);
  }
  const std::uint32_t index = index_of(event.payload);
  const bool pending = cells_[index].generation == generation_of(event.payload);
  return pending ? free_cell(index) : nullptr;
}

/// What is next, if it comes until `end`: it is resumed, unless it is null. False: nothing.
inline bool Simulation::take_next(Time end, PromiseBase*& next) {
  if (!ready_.empty()) {
    if (!agenda_.has_event_at(now_)) {
      next = ready_.pop();
      return true;
    }
  } else {
    // Of a million frames, those whose turn comes are to be in the cache by then.
    const auto prefetch = [](std::uint64_t entry) {
      if (!is_timer(entry)) __builtin_prefetch(promise_of(entry));
    };
    if (!agenda_.has_event_until(end, prefetch)) return false;
    now_ = agenda_.next_time();
  }
  next = take_from_agenda();
  return true;
}

/// False: so many were not enough.
bool Simulation::proceed(Time end, std::uint64_t most) {
  std::uint64_t left = most;
  PromiseBase* next = nullptr;
  while (left > 0 && take_next(end, next)) {
    if (next == nullptr) continue;
    --left;
    resume(*next);
  }
  running_ = nullptr;
  events_ += most - left;
  return left > 0;
}

bool Simulation::run_until(Time end, std::uint64_t most) {
  assert(end >= now_);
  const bool all = proceed(end, most);
  if (all) now_ = end;
  return all;
}

bool Simulation::run_before(Time end, std::uint64_t most) {
  assert(end > now_);
  const bool all = proceed(end - Duration(1), most);
  if (!all) return false;
  now_ = end;
  // What is scheduled for `end` comes near, so that it stays before what will be.
  static_cast<void>(agenda_.has_event_until(end, [](std::uint64_t /*payload*/) {}));
  return true;
}

void Simulation::run() { proceed(end_of_time, UINT64_MAX); }

void Scope::start(ProcessPromise& process) {
  process.scope_ = this;
  process.older_ = youngest_;
  (youngest_ == nullptr ? oldest_ : youngest_->younger_) = &process;
  youngest_ = &process;
  process.start_ = simulation_->wake(process);
}

void Scope::end_all() {
  while (oldest_ != nullptr) {
    assert(oldest_ != simulation_->running_);
    oldest_->handle().destroy();
  }
}

void Scope::unlink(ProcessPromise& process) {
  if (&process == simulation_->running_) simulation_->running_ = nullptr;
  (process.older_ == nullptr ? oldest_ : process.older_->younger_) = process.younger_;
  (process.younger_ == nullptr ? youngest_ : process.younger_->older_) = process.older_;
  simulation_->cancel(process.start_);
}

void ProcessRef::end() {
  if (ProcessPromise* process = release()) process->simulation().end(*process);
}

}  // namespace sixslots::sim
