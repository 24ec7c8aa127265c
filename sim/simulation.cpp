#include "sim/simulation.hpp"

namespace sixslots::sim {

namespace {

// How far ahead the sorted front is looked at, so that a frame is in the cache when its turn comes.
constexpr std::size_t prefetch_distance = 4;

}  // namespace

void Simulation::add_cell() {
  free_cells_ = static_cast<std::uint32_t>(cells_.size());
  cells_.push_back({nullptr, 1, none});
}

inline void Simulation::resume(PromiseBase& promise) {
  running_ = promise.process_;
  next_ = &promise;
  while (next_ != nullptr) {
    std::exchange(next_, nullptr)->handle().resume();
    if (std::exchange(end_running_, false)) {
      next_ = nullptr;
      if (running_ != nullptr) running_->handle().destroy();
    }
  }
  running_ = nullptr;
}

inline void Simulation::fire(std::uint64_t entry) {
  const std::uint32_t index = index_of(entry);
  const Cell cell = cells_[index];
  if (cell.generation != generation_of(entry)) return;  // cancelled
  free_cell(index);
  ++events_;
  resume(*cell.promise);
}

inline void Simulation::take_turn(std::uint64_t entry) {
  const Cell& cell = cells_[index_of(entry)];
  if (cell.generation == generation_of(entry) && cell.next_free == last) {
    timeouts_.push(entry);
  } else {
    fire(entry);
  }
}

void Simulation::end(ProcessPromise& process) {
  if (&process == running_) {
    end_running_ = true;
  } else {
    process.handle().destroy();
  }
}

inline bool Simulation::step(Time end) {
  if (agenda_.has_event_at(now_)) {
    if (const std::uint64_t* ahead = agenda_.peek(prefetch_distance)) {
      __builtin_prefetch(cells_[index_of(*ahead)].promise);
    }
    take_turn(agenda_.pop().payload);
  } else if (!ready_.empty()) {
    take_turn(ready_.pop());
  } else if (!timeouts_.empty()) {
    fire(timeouts_.pop());
  } else if (agenda_.has_event_until(end)) {
    now_ = agenda_.next_time();
  } else {
    return false;
  }
  return true;
}

void Simulation::run_until(Time end) {
  assert(end >= now_);
  while (step(end)) {
  }
  now_ = end;
}

void Simulation::run() {
  while (step(end_of_time)) {
  }
}

ProcessRef Scope::spawn(Process process) {
  ProcessPromise& promise = std::exchange(process.handle_, nullptr).promise();
  promise.scope_ = this;
  promise.older_ = youngest_;
  (youngest_ == nullptr ? oldest_ : youngest_->younger_) = &promise;
  youngest_ = &promise;
  promise.start_ = simulation_->wake(promise);
  return ProcessRef(promise);
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
