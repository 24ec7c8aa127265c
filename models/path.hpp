#pragma once

#include <forward_list>
#include <memory>
#include <optional>
#include <vector>

#include "models/hop.hpp"
#include "models/idle_clients.hpp"
#include "models/observer.hpp"
#include "models/request.hpp"
#include "sim/frame_pool.hpp"
#include "sim/resource.hpp"
#include "sim/signal.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

class Hop;
struct Reply;

/// A worker of a hop that may lose some: who holds it hears of that.
struct Worker {
  sim::Signal lost;
  std::uint64_t ticket = 0;  ///< counts those that were taken
};

/// What a response holds on one hop until it was written or has passed: a worker of the app, or an
/// upstream connection of a proxy.
class [[nodiscard]] HopLease {
 public:
  HopLease(Hop& hop, sim::Lease unit) : hop_(&hop), unit_(std::move(unit)) {}
  HopLease(HopLease&& other) noexcept
      : hop_(std::exchange(other.hop_, nullptr)),
        unit_(std::move(other.unit_)),
        worker_(std::move(other.worker_)) {}
  HopLease& operator=(HopLease&& other) noexcept;
  ~HopLease();

  /// The response's head is here, and with it all of it, or not: some proxies count a connection up
  /// to the head.
  [[nodiscard]] bool ends_here(bool whole) const;

  /// The response was complete: a connection can be kept.
  void finish();

  /// The app has written all of the response, and needs nobody for it any more.
  void written();

  /// Fires when the worker is lost; null: it never is.
  [[nodiscard]] sim::Signal* loss() const { return worker_ ? &worker_->lost : nullptr; }

 private:
  friend class Hop;
  friend struct Reply;
  Hop* hop_;
  sim::Lease unit_;
  std::unique_ptr<Worker> worker_;
};

/// The innermost hop's comes first.
using HopLeases = std::forward_list<HopLease, sim::FrameAllocator<HopLease>>;

/// Whether a response with these leases cannot go on: a worker of it was lost.
[[nodiscard]] bool is_lost(const HopLeases& held);

/// Holds on for a while, and then lets go.
sim::Process keep_for(sim::Simulation& simulation, HopLeases held, Duration time);

/// A request on its way through the hops, and when some proxy has waited for long enough.
struct Passage {
  sim::Simulation& simulation;
  const RequestSpec& request;
  RequestRecord& record;
  Time deadline = Time::max();
  Hop* impatient = nullptr;      ///< who answers with 504 then
  const Hop* watched = nullptr;  ///< it is known already what a restart of this hop does

  /// A proxy has sent it on, and waits from now on.
  void wait_at(Hop& hop);
  /// A hop answers in the app's place.
  void answer_with(int status, Reply& reply) const;
};

/// What comes back from the path when the first byte of an answer leaves the app, or a hop refuses.
struct Reply {
  int status = 200;
  bool dropped = false;  ///< no answer: the connection was closed
  Bytes size;
  HopLeases held;

  /// What it still holds there; null: nothing.
  [[nodiscard]] HopLease* held_at(const Hop& hop);
  void finish();
};

/// One machine at work: its limits and who waits for them.
class Hop {
 public:
  /// `place` counts from the browser; `behind` is the next hop, null of the app.
  Hop(const HopSpec& spec, Hop* behind, std::size_t place, Observer& observer);

  [[nodiscard]] const HopSpec& spec() const { return spec_; }
  [[nodiscard]] HopMeter& meter() { return meter_; }
  [[nodiscard]] int upstream_opened() const { return opened_; }

  /// More or fewer connections from the hop before it, or from the browsers.
  void clients(int delta);
  /// Whether there is room for one more connection on either side. Of an app there always is.
  [[nodiscard]] bool has_room() const {
    return is_app_ || spec_.connections == 0 ||
           clients_ + open_ + spec_.connections_reserved < spec_.connections;
  }
  /// The same, when it may close an idle connection of a browser for that.
  bool finds_room();
  /// The browsers' connections that carry nothing; null: it never has to close one.
  [[nodiscard]] IdleClients* idle_clients() {
    return is_app_ || spec_.connections == 0 ? nullptr : &idle_clients_;
  }

  /// Lets a request in: it waits for a worker (app) or upstream connection (proxy) and holds it in
  /// the reply. False: refused, with the reply's status.
  sim::Task<bool> admit(Passage passage, Reply& reply);

  /// For how long a proxy waits for the head of a response; 0: for ever. Of an app: 0.
  [[nodiscard]] Duration patience() const;
  /// When an app kills the worker that begins now.
  [[nodiscard]] Time killing_time(const sim::Simulation& simulation) const;

  /// It is restarted, and there again at that time: the requests that have reached it are lost.
  void take_down(Time until) {
    down_until_ = std::max(down_until_, until);
    goes_down_.pulse();
  }
  /// It will be, in this run.
  void will_go_down() { may_go_down_ = true; }
  [[nodiscard]] bool may_go_down() const { return may_go_down_; }
  [[nodiscard]] sim::Signal& goes_down() { return goes_down_; }
  [[nodiscard]] bool is_down(Time now) const { return now < down_until_; }

  /// Some of its workers are lost, those first that have been busy longest, and come back later.
  void lose_workers(int count);
  void regain_workers(int count);
  /// It will, in this run.
  void will_lose_workers() { may_lose_workers_ = true; }

  /// Whether there is anything to wait for or to count: not at an app without worker limit.
  [[nodiscard]] bool limits() const { return !is_app_ || limited(); }
  /// Nothing that may happen to a request here but that it is served.
  [[nodiscard]] bool lets_all_in() const { return !limits() && !may_go_down_; }

 private:
  friend class HopLease;
  [[nodiscard]] bool limited() const { return limited_; }
  [[nodiscard]] bool turns_away() const;
  [[nodiscard]] int refused_connection();
  [[nodiscard]] bool needs_connection() const { return busy_ == open_ * streams_each_; }
  [[nodiscard]] bool none_left() const;
  [[nodiscard]] bool full_queue() const;
  [[nodiscard]] int units_left() const;
  sim::Task<sim::Lease> wait_for_unit();
  sim::Task<std::optional<sim::Lease>> unit_in_time(Duration limit);
  [[nodiscard]] HopLease lease(sim::Lease unit);
  void forget(const Worker* worker);
  [[nodiscard]] Time take_up(Time now);
  [[nodiscard]] Time connect_upstream(Time now);
  sim::Task<bool> wait_until_connected(Time connected, Passage passage, Reply& reply);
  void upstream(int delta);
  void leave(bool complete);

  const HopSpec& spec_;
  bool is_app_;
  Observer& observer_;
  HopMeter& meter_;
  Hop* behind_;               // null: this is the app
  int streams_each_;          // requests that an upstream connection carries
  sim::Resource units_;       // workers, or what upstream connections carry
  bool limited_;              // there are so many of them, and no more
  std::int64_t missing_ = 0;  // units that are lost; there may have been fewer
  int clients_ = 0;           // connections from the hop before it
  int busy_ = 0;              // requests on upstream connections
  int open_ = 0;              // upstream connections, in use and kept
  int opened_ = 0;            // ... and made so far
  Duration set_up_;           // of one of them
  Time connected_{};          // ... the last one, from then on
  Time down_until_{};
  bool may_go_down_ = false;
  bool may_lose_workers_ = false;
  std::uint64_t tickets_ = 0;
  std::vector<Worker*> at_work_;  // of a hop that may lose some, in the order of their tickets
  sim::Signal goes_down_;         // pulses
  IdleClients idle_clients_;
};

/// The hops of an origin, from the browser inwards; the last one is the app. Their specification
/// must outlive it.
class Path {
 public:
  Path(std::span<const HopSpec> hops, Observer& observer);

  [[nodiscard]] const HopSpec& front() const { return hops_.front()->spec(); }

  /// Whether the first hop takes one more connection of a browser; it closes an idle one for that.
  /// Otherwise it closes the new one, and counts it as refused.
  bool takes_client();
  void client_connects() { hops_.front()->clients(1); }
  void client_disconnects() { hops_.front()->clients(-1); }
  [[nodiscard]] IdleClients* idle_clients() { return hops_.front()->idle_clients(); }

  /// Connections that the app has seen from the proxy before it.
  [[nodiscard]] int connections_to_app() const {
    return hops_[hops_.size() - 2]->upstream_opened();
  }
  /// A response that is silent for this long is cut by some hop; 0: never.
  [[nodiscard]] Duration read_timeout() const { return shortest(&HopSpec::read_timeout); }
  /// The same for how long a response may take as a whole.
  [[nodiscard]] Duration response_timeout() const { return shortest(&HopSpec::response_timeout); }
  /// That hop has done so.
  void cuts(Duration HopSpec::*timeout);

  /// So much was pushed through all hops on an open stream.
  void pushed(Bytes bytes) {
    for (const std::unique_ptr<Hop>& hop : hops_) hop->meter().bytes(bytes);
  }

  [[nodiscard]] Hop& hop(std::size_t index) { return *hops_[index]; }
  [[nodiscard]] Hop& app() { return *hops_.back(); }
  [[nodiscard]] bool has_proxy() const { return hops_.size() > 1; }

  /// Whether nothing is between a request that reaches the first hop and its answer but the app's
  /// own time, as on most paths: one app that takes whatever comes. No need to serve() it then.
  [[nodiscard]] bool serves_at_once(const RequestSpec& request) const {
    const Hop& app = *hops_.back();
    return !has_proxy() && app.lets_all_in() && app.spec().response_timeout == Duration::zero() &&
           request.answer.hold == nullptr;
  }
  /// ... it begins, and will answer() at that time.
  Time begin(const Passage& passage);
  void answer(const Passage& passage, Reply& reply);

  /// Takes a request that has reached the first hop to the app and back to the first hop's door.
  /// The reply is empty at first.
  sim::Task<> serve(sim::Simulation& simulation, const RequestSpec& request, RequestRecord& record,
                    Reply& reply);

 private:
  sim::Task<> serve_from(std::size_t first, Passage passage, Reply& reply);
  sim::Task<> go_back(std::size_t end, std::size_t first, Passage passage, Reply& reply);
  sim::Task<> serve_unless_lost(std::size_t place, std::size_t rest, Passage passage, Reply& reply);
  sim::Task<> work(Passage passage, Reply& reply);
  void reach(std::size_t place, const Passage& passage);
  void cut_short(const Passage& passage, Reply& reply);
  void fail(std::size_t place, const Passage& passage, Reply& reply) const;
  [[nodiscard]] Duration shortest(Duration HopSpec::*timeout) const;

  std::vector<std::unique_ptr<Hop>> hops_;
  Observer& observer_;
};

}  // namespace sixslots::models
