#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace sixslots::scenarios {

/// As many threads as were wished for; 0: as many as the machine has cores.
int number_of_threads(int wished);

/// Calls `work(0, result)` to `work(count - 1, result)` on several threads, of which the calling
/// one is the first, and hands the results to `take(index, result)` on the calling thread, in the
/// order of their index: what is made of them cannot depend on the number of threads. What `work`
/// throws is thrown again in its turn; what `take` throws ends everything, after the work under
/// way.
///
/// Results are made in place of older ones, whose memory they may use again: memory that one thread
/// allocates and another frees costs both, which shows where the work is short. At most 64 results
/// a thread wait for their turn, as while much is made of one.
template <class Result>
class InOrder {
 public:
  using Work = std::function<void(std::size_t, Result&)>;
  using Take = std::function<void(std::size_t, Result&)>;

  InOrder(std::size_t count, Work work) : count_(count), work_(std::move(work)) {}

  /// While the calling thread has nothing to do but wait for a result of another one, it calls
  /// `waits` now and then.
  void run(int threads, const Take& take, const std::function<void()>& waits = {}) {
    if (threads <= 1 || count_ <= 1) {
      Result result;
      for (std::size_t i = 0; i < count_; ++i) {
        work_(i, result);
        take(i, result);
      }
      return;
    }
    threads_ = static_cast<std::size_t>(threads);
    slots_ = std::vector<Slot>(std::min(count_, threads_ * 64));
    std::vector<std::jthread> others;
    const Stop stop{*this};  // before they are joined
    for (int i = 1; i < threads; ++i) others.emplace_back([this] { work_along(); });
    std::size_t several = 1;
    std::unique_lock lock(mutex_);
    while (taken_ < count_) {
      if (slot(taken_).done) {
        take_next(lock, take);
      } else if (begun_ < count_ && has_room()) {
        work_on_next(lock, several);
      } else {
        wait_for_next(lock, waits);
      }
    }
  }

 private:
  /// Between the beginning of its work and `done` a slot belongs to the thread that works; then to
  /// the calling thread, until it is taken.
  struct Slot {
    Result result;
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
  [[nodiscard]] std::size_t room() const { return taken_ + slots_.size() - begun_; }
  [[nodiscard]] bool has_room() const { return room() > 0; }
  /// Ever less towards the end, where all should end together (guided self-scheduling,
  /// Polychronopoulos and Kuck, IEEE Trans. Computers C-36, 1987).
  [[nodiscard]] std::size_t fair_share() const { return (count_ - begun_) / (2 * threads_) + 1; }

  void work_along() {
    std::size_t several = 1;
    std::unique_lock lock(mutex_);
    for (;;) {
      has_room_.wait(lock, [this] { return stopped_ || begun_ >= count_ || has_room(); });
      if (stopped_ || begun_ >= count_) return;
      work_on_next(lock, several);
    }
  }

  /// Works on `several`, and makes it as many as take about half a millisecond: telling the others
  /// costs little then, and nobody waits for long.
  void work_on_next(std::unique_lock<std::mutex>& lock, std::size_t& several) {
    const std::size_t from = begun_;
    begun_ += std::min({several, fair_share(), room()});
    const std::size_t end = begun_;
    for (std::size_t told = from; told < end && !stopped_;) {
      lock.unlock();
      const std::size_t done = work_for_a_while(told, end);
      lock.lock();
      if (told == from) several = std::min<std::size_t>(done - from + (done == end ? 1 : 0), 16);
      if (told == taken_) next_is_done_.notify_one();
      for (; told < done; ++told) slot(told).done = true;
    }
  }

  /// How far it came.
  std::size_t work_for_a_while(std::size_t index, std::size_t end) {
    constexpr std::chrono::microseconds a_while{500};
    const auto start = std::chrono::steady_clock::now();
    do {
      work_on(index++);
    } while (index < end && std::chrono::steady_clock::now() - start < a_while);
    return index;
  }

  void work_on(std::size_t index) {
    Slot& mine = slot(index);
    try {
      work_(index, mine.result);
    } catch (...) {
      mine.error = std::current_exception();
    }
  }

  /// Those that are done, one after the other; so many that there is room behind them meanwhile.
  void take_next(std::unique_lock<std::mutex>& lock, const Take& take) {
    const std::size_t from = taken_;
    std::size_t to = from;
    while (to < begun_ && to - from <= slots_.size() / 4 && slot(to).done) ++to;
    lock.unlock();
    for (std::size_t index = from; index < to; ++index) {
      if (slot(index).error) std::rethrow_exception(slot(index).error);
      take(index, slot(index).result);
    }
    lock.lock();
    for (; taken_ < to; ++taken_) slot(taken_).done = false;
    has_room_.notify_all();
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
  std::size_t threads_ = 1;
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
