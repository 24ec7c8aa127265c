#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/hop.hpp"
#include "models/observer.hpp"
#include "models/request.hpp"
#include "sim/frame_pool.hpp"
#include "sim/resource.hpp"
#include "sim/signal.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

class Hop;

/// What a response holds on one hop for as long as it lasts: a worker of the app, or an upstream
/// connection of a proxy.
class [[nodiscard]] HopLease {
 public:
  HopLease(Hop& hop, sim::Lease unit) : hop_(&hop), unit_(std::move(unit)) {}
  HopLease(HopLease&& other) noexcept
      : hop_(std::exchange(other.hop_, nullptr)), unit_(std::move(other.unit_)) {}
  HopLease& operator=(HopLease&& other) noexcept;
  ~HopLease();

  /// The response's headers come by: some proxies count a connection up to here.
  void headers_pass();

  /// The response was complete: a connection can be kept.
  void finish();

 private:
  Hop* hop_;
  sim::Lease unit_;
};

using HopLeases = std::vector<HopLease, sim::FrameAllocator<HopLease>>;

/// What comes back from the path when the first byte of an answer leaves the app, or a hop refuses.
struct Reply {
  int status = 200;
  Bytes size;
  bool dropped = false;  ///< no answer: the connection was closed
  HopLeases held;        ///< until its body ends

  void finish();
};

/// One machine at work: its limits and who waits for them.
class Hop {
 public:
  /// `place` counts from the browser.
  Hop(const HopSpec& spec, std::size_t place, bool is_app, Observer& observer);

  [[nodiscard]] const HopSpec& spec() const { return spec_; }
  [[nodiscard]] HopMeter& meter() { return meter_; }
  [[nodiscard]] int upstream_opened() const { return opened_; }
  /// Upstream connections now, in use and kept.
  [[nodiscard]] int upstream() const { return busy_ + idle_; }

  /// Lets a request in: it waits for a worker (app) or upstream connection (proxy) and holds it in
  /// the reply. False: refused, with the reply's status. The connections are those from the hop
  /// before it.
  sim::Task<bool> admit(Reply& reply, int client_connections);

  /// It is restarted, and there again at that time: the requests that have reached it are lost.
  void take_down(Time until) {
    down_until_ = until;
    goes_down_.pulse();
  }
  /// It will be, in this run.
  void will_go_down() { may_go_down_ = true; }
  [[nodiscard]] bool may_go_down() const { return may_go_down_; }
  [[nodiscard]] sim::Signal& goes_down() { return goes_down_; }
  [[nodiscard]] bool is_down(Time now) const { return now < down_until_; }

  /// Whether there is anything to wait for or to count: not at an app without worker limit.
  [[nodiscard]] bool limits() const { return !is_app_ || limited(); }

 private:
  friend class HopLease;
  [[nodiscard]] bool limited() const { return units_.capacity() > 0; }
  [[nodiscard]] int refusal(int client_connections) const;
  [[nodiscard]] int sockets(int client_connections) const;
  [[nodiscard]] bool none_left() const;
  [[nodiscard]] bool full_queue() const;
  sim::Task<sim::Lease> wait_for_unit();
  sim::Task<std::optional<sim::Lease>> unit_in_time();
  void leave(bool complete);

  HopSpec spec_;
  bool is_app_;
  Observer& observer_;
  HopMeter& meter_;
  HopMeter* behind_;     // of the next hop; null: this is the app
  sim::Resource units_;  // workers, or upstream connections
  int busy_ = 0;         // upstream connections in use
  int idle_ = 0;         // ... and kept
  int opened_ = 0;       // ... and made so far
  Time down_until_{};
  bool may_go_down_ = false;
  sim::Signal goes_down_;  // pulses
};

/// The hops of an origin, from the browser inwards; the last one is the app.
class Path {
 public:
  Path(std::span<const HopSpec> hops, Observer& observer);

  [[nodiscard]] const HopSpec& front() const { return hops_.front()->spec(); }

  void client_connects() {
    ++client_connections_;
    hops_.front()->meter().connections(1);
  }
  void client_disconnects() {
    --client_connections_;
    hops_.front()->meter().connections(-1);
  }

  /// Connections that the app has seen from the proxy before it.
  [[nodiscard]] int connections_to_app() const {
    return hops_[hops_.size() - 2]->upstream_opened();
  }
  /// A response that is silent for this long is cut by some hop; 0: never.
  [[nodiscard]] Duration read_timeout() const { return shortest(&HopSpec::read_timeout); }
  /// The same for how long a response may take as a whole.
  [[nodiscard]] Duration response_timeout() const { return shortest(&HopSpec::response_timeout); }

  [[nodiscard]] Hop& hop(std::size_t index) { return *hops_[index]; }
  [[nodiscard]] bool has_proxy() const { return hops_.size() > 1; }

  /// Takes a request that has reached the first hop to the app and back to the first hop's door.
  sim::Task<Reply> serve(sim::Simulation& simulation, const Answer& answer, RequestRecord& record) {
    return serve_from(0, simulation, answer, record);
  }

 private:
  sim::Task<Reply> serve_from(std::size_t first, sim::Simulation& simulation, const Answer& answer,
                              RequestRecord& record);
  sim::Task<bool> serve_unless_restarted(std::size_t place, Reply& reply,
                                         sim::Simulation& simulation, const Answer& answer,
                                         RequestRecord& record);
  [[nodiscard]] Duration shortest(Duration HopSpec::*timeout) const;

  std::vector<std::unique_ptr<Hop>> hops_;
  Observer& observer_;
  int client_connections_ = 0;
};

}  // namespace sixslots::models
