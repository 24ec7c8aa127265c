#include "models/cache_lock.hpp"

#include "sim/timeout.hpp"

namespace sixslots::models {

/// Stands in the queue of a URL until the lock is handed over, or everybody is let go without it.
class CacheLock::Wait : public sim::Waiter {
 public:
  explicit Wait(Entry& entry) : entry_(entry) {}
  ~Wait() {
    if (handed_over_) entry_.release(true);  // the request was given up before it took it
  }

  void hand_over() {
    handed_over_ = true;
    wake();
  }

  [[nodiscard]] bool await_ready() {
    if (entry_.never_stored_) return true;
    handed_over_ = !entry_.held_;
    entry_.held_ = true;
    return handed_over_;
  }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiter) {
    park(waiter.promise(), entry_.waiting_);
  }
  Hold await_resume() {
    resumed();
    return std::exchange(handed_over_, false) ? Hold(entry_) : Hold();
  }

 private:
  Entry& entry_;
  bool handed_over_ = false;
};

sim::Task<CacheLock::Hold> CacheLock::wait(Entry& entry) {
  Hold hold = co_await Wait(entry);
  co_return hold;
}

sim::Task<CacheLock::Hold> CacheLock::acquire(std::uint64_t url) {
  if (profile_.cache_lock_timeout == Duration::zero()) co_return Hold();
  Entry& entry = entries_.try_emplace(url, profile_).first->second;
  sim::Task<Hold> waiting = wait(entry);
  std::optional<Hold> hold = co_await sim::within(profile_.cache_lock_timeout, waiting);
  if (!hold) co_return Hold();
  co_return std::move(*hold);
}

// Chromium's network thread hands the entry over when it has the head of the answer, and reads the
// body after that (net/http/http_cache.cc DoneWithResponseHeaders; measured).
bool CacheLock::Entry::release(bool storable) {
  held_ = false;
  const bool free_all =
      profile_.cache_lock_release == CacheLockRelease::all_if_no_store && !storable;
  never_stored_ = free_all;
  while (!waiting_.empty()) {
    auto& next = static_cast<Wait&>(*waiting_.front());
    if (!free_all) {
      held_ = true;
      next.hand_over();
      return profile_.cache_lock_release == CacheLockRelease::one_at_a_time;
    }
    next.wake();
  }
  return false;
}

}  // namespace sixslots::models
