#pragma once

#include <memory>

#include "models/cache_lock.hpp"
#include "models/connection_pool.hpp"
#include "models/link.hpp"
#include "models/network.hpp"
#include "models/profile.hpp"
#include "models/web_socket_pool.hpp"
#include "sim/resource.hpp"
#include "sim/simulation.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

/// One browser profile of a user, or one of its separate contexts (private window, container): what
/// all its tabs share. The profile and the network path, which users have in common, must outlive
/// it.
class Browser {
 public:
  Browser(sim::Simulation& simulation, const BrowserProfile& profile, const NetworkPath& network,
          const sim::RandomSource& random, Observer& observer)
      : down(network.down), up(network.up), pool(simulation, profile, network, random, observer) {}
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  [[nodiscard]] const BrowserProfile& profile() const { return pool.profile(); }
  [[nodiscard]] const NetworkPath& network() const { return pool.network(); }
  [[nodiscard]] Observer& observer() { return pool.observer(); }
  [[nodiscard]] sim::Simulation& simulation() const { return pool.simulation(); }

  // Most browsers of a fleet need neither: they are made for those that do.
  WebSocketPool& web_sockets() {
    if (!web_sockets_) {
      const sim::RandomStream random =
          pool.random().stream("browser/web-sockets", sim::Purpose::throttle);
      web_sockets_ = std::make_unique<WebSocketPool>(profile(), random);
    }
    return *web_sockets_;
  }
  CacheLock& cache() {
    if (!cache_) cache_ = std::make_unique<CacheLock>(profile());
    return *cache_;
  }

  /// A record of one of this user's requests.
  RequestRecord& open_record(std::int32_t flow, RequestKind kind) {
    return observer().open(flow, kind, pool.random().user);
  }

  /// The browser's own work on requests is done one step after another. What has arrived is handed
  /// on before anything else is sent: answers come by themselves, requests wait in a queue. So do
  /// the page's tasks, but ahead of requests: those due together are run before the first is sent.
  sim::Task<> work_on_answer() { return work(profile().processor_time.receive, 0); }
  sim::Task<> work_on_call() { return work(profile().processor_time.call, 1); }
  sim::Task<> work_on_timer() { return work(profile().processor_time.timer, 1); }
  sim::Task<> work_on_timed_call() {
    return work(profile().processor_time.timer + profile().processor_time.call, 1);
  }
  sim::Task<> work_on_request() { return work(profile().processor_time.start, 2); }
  sim::Task<> work_on_first_request() { return work(profile().processor_time.first_send, 2); }

  /// Until a process of the browser runs again when what it waited for has come. Takes no turn of
  /// the above: the machine is busy with something else.
  sim::Task<> wake_up() {
    const Duration time = profile().processor_time.wake;
    return time == Duration::zero() ? sim::Task<>() : pause(time);
  }

  /// A delay that takes little room in the frame of one who seldom waits for it.
  sim::Task<> pause(const Duration& time) { return pause_for(time); }
  /// The same, until what happens now at the other end can be seen here.
  sim::Task<> way_comes_back() { return pause_for(way_back()); }

  /// What decides about the packets of a request, the `ordinal`-th of those that `entity` makes.
  [[nodiscard]] PacketChances packet_chances(sim::EntityId entity, std::uint32_t ordinal) const {
    if (network().loss.value <= 0.0) return {};
    return {pool.random().stream(entity, sim::Purpose::loss).bits_at(ordinal)};
  }

  [[nodiscard]] Duration way_out() const { return network().way_out(); }
  [[nodiscard]] Duration way_back() const { return network().way_back(); }

 private:
  sim::Task<> work(Duration time, std::size_t priority) {
    return time == Duration::zero() ? sim::Task<>() : work_step(time, priority);
  }

  // Coroutines that few requests need: out of the way of those who call them.
  sim::Task<> pause_for(Duration time);
  sim::Task<> work_step(Duration time, std::size_t priority);

  sim::Resource processor_{1};
  std::unique_ptr<WebSocketPool> web_sockets_;
  std::unique_ptr<CacheLock> cache_;

 public:
  Link down;
  Link up;
  ConnectionPool pool;
};

}  // namespace sixslots::models
