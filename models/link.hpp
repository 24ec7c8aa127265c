#pragma once

#include <cstdint>

#include "models/units.hpp"
#include "sim/int128.hpp"
#include "sim/pooled.hpp"
#include "sim/simulation.hpp"

namespace sixslots::models {

/// One direction of an access link: the transfers that are under way share its rate equally
/// (processor sharing). Shares are kept in units of 2^-32 bit, of which an event loses at most one.
///
/// The method is virtual time (Zhang, "Virtual Clock", 1990): every transfer ends when the bits
/// that an imaginary transfer present since the beginning would have received reach its own target,
/// so an arrival or departure changes one number instead of one for each transfer.
class Link {
 public:
  explicit Link(BitRate rate) : rate_(rate) {}

  /// The awaiter of transfer().
  class Transfer {
   public:
    Transfer(Link& link, Bytes bytes) : link_(link), bytes_(bytes) {}
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() {
      if (under_way_) link_.leave(*this);
      if (promise_ != nullptr) promise_->simulation().cancel(wake_up_);
    }

    [[nodiscard]] bool await_ready() const { return link_.rate_.unlimited() || bytes_.count == 0; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiter) {
      promise_ = &waiter.promise();
      link_.join(*this);
    }
    void await_resume() {
      wake_up_ = sim::TimerId();
      if (under_way_) link_.depart(*this);
    }

   private:
    friend class Link;
    Link& link_;
    Bytes bytes_;
    sim::PromiseBase* promise_ = nullptr;
    sim::Int128 target_ = 0;       // virtual bits times 2^32
    Transfer* earlier_ = nullptr;  // to end, of those under way
    Transfer* later_ = nullptr;
    bool under_way_ = false;
    sim::TimerId wake_up_;
  };

  /// `co_await link.transfer(bytes);`
  [[nodiscard]] Transfer transfer(Bytes bytes) { return Transfer(*this, bytes); }

 private:
  friend class Transfer;
  void join(Transfer& transfer);
  void leave(Transfer& transfer);
  void depart(Transfer& first);
  void advance();
  void plan_departure();

  /// What there is to know while transfers are under way, in the order of their ends. Most join
  /// last, and a browser has hundreds at most: a list serves.
  struct Sharing {
    explicit Sharing(sim::Simulation& in) : simulation(in), advanced_to(in.now()) {}
    void insert(Transfer& transfer);
    void remove(Transfer& transfer);

    sim::Simulation& simulation;
    Time advanced_to;
    sim::Int128 virtual_bits = 0;  // times 2^32
    Transfer* first = nullptr;
    Transfer* last = nullptr;
    std::int64_t count = 0;
    Transfer* next = nullptr;  // to depart: it will be resumed then
  };

  BitRate rate_;
  sim::Pooled<Sharing> sharing_;
};

}  // namespace sixslots::models
