#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "models/units.hpp"
#include "sim/int128.hpp"
#include "sim/process.hpp"
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
  Link(sim::Simulation& simulation, BitRate rate) : rate_(rate), processes_(simulation) {}

  /// The awaiter of transfer().
  class Transfer {
   public:
    Transfer(Link& link, Bytes bytes) : link_(link), bytes_(bytes) {}
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() { link_.leave(*this); }

    [[nodiscard]] bool await_ready() const { return link_.rate_.unlimited() || bytes_.count == 0; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiter) {
      promise_ = &waiter.promise();
      link_.join(*this);
    }
    void await_resume() { wake_up_ = sim::TimerId(); }

   private:
    friend class Link;
    Link& link_;
    Bytes bytes_;
    sim::PromiseBase* promise_ = nullptr;
    std::pair<sim::Int128, std::uint64_t> key_{};  // target, then order of arrival
    bool under_way_ = false;
    sim::TimerId wake_up_;
  };

  /// `co_await link.transfer(bytes);`
  [[nodiscard]] Transfer transfer(Bytes bytes) { return Transfer(*this, bytes); }

  [[nodiscard]] sim::Simulation& simulation() const { return processes_.simulation(); }

 private:
  friend class Transfer;
  void join(Transfer& transfer);
  void leave(Transfer& transfer);
  void advance();
  void plan_departure();
  sim::Process departure(Duration in);

  BitRate rate_;
  sim::Int128 virtual_bits_ = 0;  // times 2^32
  Time advanced_to_{};
  std::uint64_t arrivals_ = 0;
  std::map<std::pair<sim::Int128, std::uint64_t>, Transfer*> under_way_;
  sim::ProcessRef departure_;
  sim::Scope processes_;
};

}  // namespace sixslots::models
