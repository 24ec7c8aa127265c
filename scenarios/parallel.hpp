#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace sixslots::scenarios {

/// As many threads as were wished for; 0: as many as the machine has cores.
int number_of_threads(int wished);

/// Calls `work(0)` to `work(count - 1)` on several threads, of which the calling one is the first,
/// and hands the results to `take(index, result)` on the calling thread, in the order of their
/// index: what is made of them cannot depend on the number of threads. At most 256 results a thread
/// wait for their turn, as while much is made of one. What `work` throws is thrown again in its
/// turn; what `take` throws ends everything, after the work under way.
template <class Result>
class InOrder {
 public:
  using Work = std::function<Result(std::size_t)>;
  using Take = std::function<void(std::size_t, Result&&)>;

  InOrder(std::size_t count, Work work) : count_(count), work_(std::move(work)) {}

  /// While the calling thread has nothing to do but wait for a result of another one, it calls
  /// `waits` now and then.
  void run(int threads, const Take& take, const std::function<void()>& waits = {}) {
    if (threads <= 1 || count_ <= 1) {
      for (std::size_t i = 0; i < count_; ++i) take(i, work_(i));
      return;
    }
    slots_ = std::vector<Slot>(std::min(count_, static_cast<std::size_t>(threads) * 256));
    std::vector<std::jthread> others;
    const Stop stop{*this};  // before they are joined
    for (int i = 1; i < threads; ++i) others.emplace_back([this] { work_along(); });
    std::unique_lock lock(mutex_);
    while (taken_ < count_) {
      if (slot(taken_).done) {
        take_next(lock, take);
      } else if (begun_ < count_ && has_room()) {
        work_on_next(lock);
      } else {
        wait_for_next(lock, waits);
      }
    }
  }

 private:
  /// Between the beginning of its work and `done` a slot belongs to the thread that works; then to
  /// the calling thread, until it is taken.
  struct Slot {
    std::optional<Result> result;
    std::exception_ptr error;
    bool done = false;
  };
  struct Stop {
    InOrder& all;
    ~Stop() {
      const std::lock_guard lock(all.mutex_);
      all.stopped_ = true;
      all.has_room_.notify_all();
    }
  };

  Slot& slot(std::size_t index) { return slots_[index % slots_.size()]; }
  [[nodiscard]] bool has_room() const { return begun_ < taken_ + slots_.size(); }

  void work_along() {
    std::unique_lock lock(mutex_);
    for (;;) {
      has_room_.wait(lock, [this] { return stopped_ || begun_ >= count_ || has_room(); });
      if (stopped_ || begun_ >= count_) return;
      work_on_next(lock);
    }
  }

  void work_on_next(std::unique_lock<std::mutex>& lock) {
    const std::size_t index = begun_++;
    Slot& mine = slot(index);
    lock.unlock();
    try {
      mine.result.emplace(work_(index));
    } catch (...) {
      mine.error = std::current_exception();
    }
    lock.lock();
    mine.done = true;
    if (index == taken_) next_is_done_.notify_one();
  }

  void take_next(std::unique_lock<std::mutex>& lock, const Take& take) {
    Slot& next = slot(taken_);
    lock.unlock();
    if (next.error) std::rethrow_exception(next.error);
    take(taken_, std::move(*next.result));
    next.result.reset();
    lock.lock();
    next.done = false;
    ++taken_;
    has_room_.notify_one();
  }

  void wait_for_next(std::unique_lock<std::mutex>& lock, const std::function<void()>& waits) {
    constexpr std::chrono::milliseconds patience{100};
    if (next_is_done_.wait_for(lock, patience, [this] { return slot(taken_).done; })) return;
    if (!waits) return;
    lock.unlock();
    waits();
    lock.lock();
  }

  std::size_t count_;
  Work work_;
  std::vector<Slot> slots_;  // a ring
  std::mutex mutex_;
  std::condition_variable has_room_;  // for results that wait for their turn
  std::condition_variable next_is_done_;
  std::size_t begun_ = 0;
  std::size_t taken_ = 0;
  bool stopped_ = false;
};

}  // namespace sixslots::scenarios
