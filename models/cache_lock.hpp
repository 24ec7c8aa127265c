#pragma once

#include <cstdint>
#include <map>

#include "models/profile.hpp"
#include "sim/task.hpp"
#include "sim/wait_list.hpp"

namespace sixslots::models {

/// The HTTP cache's one-writer rule: GETs of one URL through the cache run one at a time in a
/// browser context. Who waits here has not asked for a connection yet. After 20 s a waiter goes on
/// without the lock (Chromium net/http/http_cache_transaction.cc AddCacheLockTimeoutHandler).
class CacheLock {
 public:
  explicit CacheLock(const BrowserProfile& profile) : profile_(profile) {}

  /// Holds the lock of a URL, or nothing.
  class [[nodiscard]] Hold {
   public:
    Hold() = default;
    Hold(CacheLock& lock, std::uint64_t url) : lock_(&lock), url_(url) {}
    Hold(Hold&& other) noexcept : lock_(std::exchange(other.lock_, nullptr)), url_(other.url_) {}
    Hold& operator=(Hold&& other) noexcept {
      if (this != &other) {
        release(true);
        lock_ = std::exchange(other.lock_, nullptr);
        url_ = other.url_;
      }
      return *this;
    }
    ~Hold() { release(true); }

    /// The head of the answer is here. One that may not be stored frees every waiter in some
    /// browsers. Says whether the next one goes on before the body is read.
    bool release(bool storable) {
      return lock_ != nullptr && std::exchange(lock_, nullptr)->release(url_, storable);
    }

   private:
    CacheLock* lock_ = nullptr;
    std::uint64_t url_ = 0;
  };

  /// Waits until no other request of this URL is under way, or for the timeout.
  sim::Task<Hold> acquire(std::uint64_t url);

 private:
  struct Entry {
    bool held = false;
    bool never_stored = false;  // known from an answer: nobody waits any more
    sim::WaitList waiting;
  };
  class Wait;

  sim::Task<Hold> wait(std::uint64_t url);
  bool release(std::uint64_t url, bool storable);

  const BrowserProfile& profile_;
  std::map<std::uint64_t, Entry> entries_;
};

}  // namespace sixslots::models
