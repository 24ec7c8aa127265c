#include "sim/simulation.hpp"

namespace sixslots::sim {

namespace {

// How far ahead the sorted front is looked at, so that a frame is in the cache when its turn comes.
constexpr std::ptrdiff_t prefetch_distance = 4;

constexpr std::uint32_t cells_made_together = 16;

}  // namespace

TimerId Simulation::enter_with_more_cells(Time time, PromiseBase& promise, std::uint32_t turn) {
  const auto first = static_cast<std::uint32_t>(cells_.size());
  for (std::uint32_t i = 1; i < cells_made_together; ++i) cells_.push_back({nullptr, 1, first + i});
  cells_.push_back({nullptr, 1, none});
  free_cells_ = first;
  return enter(time, promise, turn);
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

inline void Simulation::take_turn(std::uint64_t entry) {
  Cell& cell = cells_[index_of(entry)];
  if (cell.generation != generation_of(entry)) return;  // cancelled
  if (cell.next_free == last) {
    cell.next_free = in_order;
    timeouts_.push(entry);
    return;
  }
  PromiseBase& promise = *cell.promise;
  free_cell(index_of(entry));
  ++events_;
  resume(promise);
}

void Simulation::end(ProcessPromise& process) {
  if (&process == running_) {
    end_running_ = true;
  } else {
    process.handle().destroy();
  }
}

/// What is next, if it comes until `end`; 0: nothing.
inline std::uint64_t Simulation::next_entry(Time end) {
  if (!agenda_.has_event_at(now_)) {
    if (!ready_.empty()) return ready_.pop();
    if (!timeouts_.empty()) return timeouts_.pop();
    if (!agenda_.has_event_until(end)) return 0;
    now_ = agenda_.next_time();
  }
  if (const std::uint64_t* ahead = agenda_.peek(prefetch_distance)) {
    __builtin_prefetch(cells_[index_of(*ahead)].promise);
  }
  return agenda_.pop().payload;
}

/// False: so many were not enough.
bool Simulation::proceed(Time end, std::uint64_t most) {
  const std::uint64_t last_event = most < UINT64_MAX - events_ ? events_ + most : UINT64_MAX;
  std::uint64_t entry = 0;
  while (events_ < last_event && (entry = next_entry(end)) != 0) take_turn(entry);
  running_ = nullptr;
  return events_ < last_event;
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
  if (all) now_ = end;
  return all;
}

void Simulation::run() { proceed(end_of_time, UINT64_MAX); }

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
