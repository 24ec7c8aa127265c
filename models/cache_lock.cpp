#include "models/cache_lock.hpp"

#include "sim/timeout.hpp"

namespace sixslots::models {

/// Stands in the queue of a URL until the lock is handed over, or everybody is let go without it.
class CacheLock::Wait : public sim::Waiter {
 public:
  Wait(CacheLock& lock, std::uint64_t url) : lock_(lock), url_(url) {}
  ~Wait() {
    if (handed_over_) lock_.release(url_, true);  // the request was given up before it took it
  }

  void hand_over() {
    handed_over_ = true;
    wake();
  }

  [[nodiscard]] bool await_ready() {
    Entry& entry = lock_.entries_[url_];
    if (entry.never_stored) return true;
    handed_over_ = !entry.held;
    entry.held = true;
    return handed_over_;
  }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiter) {
    park(waiter.promise(), lock_.entries_[url_].waiting);
  }
  Hold await_resume() {
    resumed();
    return std::exchange(handed_over_, false) ? Hold(lock_, url_) : Hold();
  }

 private:
  CacheLock& lock_;
  std::uint64_t url_;
  bool handed_over_ = false;
};

sim::Task<CacheLock::Hold> CacheLock::wait(std::uint64_t url) {
  Hold hold = co_await Wait(*this, url);
  co_return hold;
}

sim::Task<CacheLock::Hold> CacheLock::acquire(std::uint64_t url) {
  if (profile_.cache_lock_timeout == Duration::zero()) co_return Hold();
  sim::Task<Hold> waiting = wait(url);
  std::optional<Hold> hold = co_await sim::within(profile_.cache_lock_timeout, waiting);
  if (!hold) co_return Hold();
  co_return std::move(*hold);
}

// Chromium's network thread hands the entry over when it has the head of the answer, and reads the
// body after that (net/http/http_cache.cc DoneWithResponseHeaders; measured).
bool CacheLock::release(std::uint64_t url, bool storable) {
  Entry& entry = entries_[url];
  entry.held = false;
  const bool free_all =
      profile_.cache_lock_release == CacheLockRelease::all_if_no_store && !storable;
  entry.never_stored = free_all;
  while (!entry.waiting.empty()) {
    auto& next = static_cast<Wait&>(*entry.waiting.front());
    if (!free_all) {
      entry.held = true;
      next.hand_over();
      return profile_.cache_lock_release == CacheLockRelease::one_at_a_time;
    }
    next.wake();
  }
  return false;
}

}  // namespace sixslots::models
