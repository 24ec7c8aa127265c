#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "models/profile.hpp"
#include "sim/task.hpp"
#include "sim/wait_list.hpp"

namespace sixslots::models {

/// The HTTP cache's one-writer rule: GETs of one URL through the cache run one at a time in a
/// browser context. Who waits here has not asked for a connection yet. After 20 s a waiter goes on
/// without the lock (Chromium net/http/http_cache_transaction.cc AddCacheLockTimeoutHandler).
class CacheLock {
  /// One URL.
  class Entry {
   public:
    explicit Entry(const BrowserProfile& profile) : profile_(profile) {}
    bool release(bool storable);

   private:
    friend class CacheLock;
    const BrowserProfile& profile_;
    bool held_ = false;
    bool never_stored_ = false;  // known from an answer: nobody waits any more
    sim::WaitList waiting_;
  };

 public:
  explicit CacheLock(const BrowserProfile& profile) : profile_(profile) {}

  /// Holds the lock of a URL, or nothing. It must not outlive the cache.
  class [[nodiscard]] Hold {
   public:
    Hold() = default;
    Hold(Hold&& other) noexcept : entry_(std::exchange(other.entry_, nullptr)) {}
    Hold& operator=(Hold&& other) noexcept {
      if (this != &other) {
        release(true);
        entry_ = std::exchange(other.entry_, nullptr);
      }
      return *this;
    }
    ~Hold() { release(true); }

    /// The head of the answer is here. One that may not be stored frees every waiter in some
    /// browsers. Says whether the next one goes on before the body is read.
    bool release(bool storable) {
      return entry_ != nullptr && std::exchange(entry_, nullptr)->release(storable);
    }

   private:
    friend class CacheLock;
    explicit Hold(Entry& entry) : entry_(&entry) {}
    Entry* entry_ = nullptr;
  };

  /// Waits until no other request of this URL is under way, or for the timeout.
  sim::Task<Hold> acquire(std::uint64_t url);

 private:
  class Wait;

  static sim::Task<Hold> wait(Entry& entry);

  const BrowserProfile& profile_;
  std::map<std::uint64_t, Entry> entries_;  // stable addresses
};

}  // namespace sixslots::models
