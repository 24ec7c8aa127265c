#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace sixslots::scenarios {

/// As many threads as were wished for; 0: as many as the machine has cores.
int number_of_threads(int wished);

/// Calls `work(0)` to `work(count - 1)` on several threads and hands the results to `take(index,
/// result)` on the calling thread, in the order of their index: what is made of them cannot depend
/// on the number of threads. At most sixteen results a thread wait for their turn. What `work`
/// throws is thrown again in its turn; what `take` throws ends everything, after the work under
/// way.
///
/// A result may take less time than to wake a thread. So the calling thread looks every few
/// milliseconds and is woken only when many results are there, and threads that wait for room are
/// woken when there is much.
template <class Result>
class InOrder {
 public:
  using Work = std::function<Result(std::size_t)>;
  using Take = std::function<void(std::size_t, Result&&)>;

  InOrder(std::size_t count, Work work) : count_(count), work_(std::move(work)) {}

  /// While a result is waited for, `waits` is called now and then, on the calling thread.
  void run(int threads, const Take& take, const std::function<void()>& waits = {}) {
    waits_ = waits;
    if (threads <= 1 || count_ <= 1) {
      for (std::size_t i = 0; i < count_; ++i) take(i, work_(i));
      return;
    }
    ahead_ = static_cast<std::size_t>(threads) * 16;
    std::vector<std::jthread> workers;
    const Stop stop{*this};  // before the workers are joined
    for (int i = 0; i < threads; ++i) workers.emplace_back([this] { work_along(); });
    try {
      for (std::size_t i = 0; i < count_; ++i) take(i, next(i));
    } catch (...) {
      stop_all();
      throw;
    }
  }

 private:
  struct Done {
    std::optional<Result> result;
    std::exception_ptr error;
  };
  struct Stop {
    InOrder& all;
    ~Stop() { all.stop_all(); }
  };

  void stop_all() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    has_room_.notify_all();
  }

  void work_along() {
    for (;;) {
      std::size_t index = 0;
      {
        std::unique_lock lock(mutex_);
        has_room_.wait(lock,
                       [this] { return stopped_ || begun_ >= count_ || begun_ < taken_ + ahead_; });
        if (stopped_ || begun_ >= count_) return;
        index = begun_++;
      }
      Done done;
      try {
        done.result.emplace(work_(index));
      } catch (...) {
        done.error = std::current_exception();
      }
      const std::lock_guard lock(mutex_);
      done_.emplace(index, std::move(done));
      const bool many = done_.size() >= ahead_ / 4;
      if (many || taken_ + done_.size() == count_) are_done_.notify_one();
    }
  }

  Result next(std::size_t index) {
    std::unique_lock lock(mutex_);
    const auto is_there = [&] { return done_.contains(index); };
    while (!are_done_.wait_for(lock, patience, is_there)) {
      if (!waits_) continue;
      lock.unlock();
      waits_();
      lock.lock();
    }
    Done done = std::move(done_.extract(index).mapped());
    taken_ = index + 1;
    if (taken_ % (ahead_ / 2) == 0) has_room_.notify_all();
    lock.unlock();
    if (done.error) std::rethrow_exception(done.error);
    return std::move(*done.result);
  }

  static constexpr std::chrono::milliseconds patience{5};

  std::size_t count_;
  Work work_;
  std::function<void()> waits_;
  std::size_t ahead_ = 0;
  std::mutex mutex_;
  std::condition_variable has_room_;  // for results that wait for their turn
  std::condition_variable are_done_;  // so many results, or all
  std::size_t begun_ = 0;
  std::size_t taken_ = 0;
  bool stopped_ = false;
  std::map<std::size_t, Done> done_;
};

}  // namespace sixslots::scenarios
