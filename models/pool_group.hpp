#pragma once

#include <array>
#include <cassert>
#include <forward_list>
#include <memory>
#include <utility>

#include "models/connection.hpp"
#include "models/exchange.hpp"
#include "models/http2_session.hpp"
#include "models/idle_clients.hpp"
#include "models/observer.hpp"
#include "models/origin.hpp"
#include "models/profile.hpp"
#include "models/request.hpp"
#include "sim/frame_pool.hpp"
#include "sim/pooled.hpp"
#include "sim/process.hpp"
#include "sim/task.hpp"
#include "sim/wait_list.hpp"

namespace sixslots::models {

class ConnectionPool;

/// The connections of one browser context to one origin, and the requests that wait for them.
///
/// The algorithm is Chromium's (net/socket/transport_client_socket_pool.cc):
/// - a request takes the idle connection used last, else the oldest unused one;
/// - else, while the group and the pool are below their limits, it starts a connect job;
/// - it waits in its priority class, first come first served;
/// - whatever becomes free, by a finished job or a finished response, goes to the first in the
/// queue
///   at that moment (late binding), without preemption;
/// - when the only connect job takes longer than 250 ms a second, backup job is started.
/// Firefox's differences are numbers and flags of the profile.
class PoolGroup {
 public:
  /// As seen from one top-level site, where pools are split.
  PoolGroup(ConnectionPool& pool, Origin& origin, std::uint32_t top_level_site);
  ~PoolGroup();
  PoolGroup(const PoolGroup&) = delete;
  PoolGroup& operator=(const PoolGroup&) = delete;

  /// The awaiter of acquire().
  class Acquire : public sim::Waiter {
   public:
    Acquire(PoolGroup& group, RequestKind kind, bool urgent, Exchange& exchange)
        : group_(group), kind_(kind), urgent_(urgent), exchange_(exchange) {
      assert(!exchange);
    }
    ~Acquire();

    [[nodiscard]] bool await_ready() { return group_.grant(*this); }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiter) {
      park(waiter.promise(), group_.queue_of(*this));
      queued();
    }
    void await_resume();

   private:
    friend class PoolGroup;
    void queued();
    void served();
    void no_longer_queued();

    PoolGroup& group_;
    RequestKind kind_;
    bool urgent_;
    bool queued_ = false;
    bool taken_ = false;
    Exchange& exchange_;
  };

  /// `co_await group.acquire(kind, urgent, exchange);` fills an empty exchange; it is still empty
  /// when the connection failed. It stands where it is needed, so that who waits is small.
  [[nodiscard]] Acquire acquire(RequestKind kind, bool urgent, Exchange& exchange) {
    return Acquire(*this, kind, urgent, exchange);
  }

  [[nodiscard]] Origin& origin() { return origin_; }
  [[nodiscard]] bool has_waiting() const { return waiting_ > 0; }
  [[nodiscard]] std::uint32_t waiting() const { return waiting_; }

  /// What TLS adds to a new connection: its round trips and the browser's own work.
  [[nodiscard]] Duration set_up_tls() const;

  /// Waits until the origin's name is known: one look-up serves all who ask meanwhile and later.
  sim::Task<> look_up_name();

  /// A connection leaves the pool and lives on by itself (an upgraded WebSocket).
  void detach(Exchange& exchange);

  /// The server closes the connection that has been idle for longest; there is one.
  void server_closes_an_idle_connection();

 private:
  friend class Exchange;
  friend class ConnectionPool;
  static constexpr std::size_t urgent_queue = 0;

  class HalfOpen;
  struct Idle {
    std::unique_ptr<Connection> connection;
    Time since;
  };
  using IdleList = std::forward_list<Idle, sim::FrameAllocator<Idle>>;

  [[nodiscard]] bool has_session() const { return session_ != nullptr && !session_->lost(); }
  [[nodiscard]] sim::WaitList& queue_of(const Acquire& request);
  void grant_what_is_free();
  void serve_queue();
  void note_shortage();
  void tell_levels();
  [[nodiscard]] Acquire* first_waiting();
  /// Whether there is anything to grant: not yet, whether the first in the queue may have it.
  [[nodiscard]] bool may_grant() const {
    return has_session() ? session_->has_free_stream() : !idle_.empty();
  }
  [[nodiscard]] bool may_use(const Acquire& request, const Connection& connection) const;
  bool grant(Acquire& request);
  bool hand_over(std::unique_ptr<Connection>& connection);
  void keep_idle(std::unique_ptr<Connection> connection);
  void idle_remain();
  [[nodiscard]] bool has_idle() const {
    return !idle_.empty() || (has_session() && session_->open_streams() == 0);
  }
  /// Whether it has an idle connection, to a server that may want it closed; few do.
  void tell_of_idle() {
    if (IdleClients* clients = origin_.path->idle_clients()) tell_of_idle(*clients);
  }
  void tell_of_idle(IdleClients& clients);
  [[nodiscard]] bool wants_connection() const;
  [[nodiscard]] bool next_is_urgent() const;
  std::unique_ptr<Connection> take_idle(const Acquire& request);
  [[nodiscard]] Time expiry(const Idle& idle) const;
  std::unique_ptr<Connection> remove_idle(IdleList::iterator before);

  [[nodiscard]] int count_idle() const;
  [[nodiscard]] bool may_connect(bool urgent) const;
  void start_connect_jobs();
  bool start_connect_job(bool urgent);
  sim::Process connect(bool urgent);
  [[nodiscard]] Duration timeout_of_handshakes() const;
  sim::Process backup_connect();
  sim::Process reap_idle();
  Time close_expired();
  sim::Process settings_arrive();
  void connected(std::unique_ptr<Connection> connection);
  void connect_failed();

  void release_connection(std::unique_ptr<Connection> connection, bool reusable);
  void release_stream(Http2Session& session, bool at_server);
  bool close_an_idle_connection();
  void server_went_down();
  void opened();
  void closed();

  ConnectionPool& pool_;
  Origin& origin_;
  using Queues = std::array<sim::WaitList, 1 + priority_classes>;  // urgent first, then the classes
  sim::Pooled<Queues> queues_;                                     // while somebody waits
  IdleList idle_;              // the last that became idle comes first
  std::uint32_t waiting_ = 0;  // in all queues
  std::uint32_t site_;
  int active_ = 0;
  int connecting_ = 0;
  int tcp_connecting_ = 0;  // those of connecting_ whose TCP handshake is not done
  bool backup_pending_ = false;
  bool told_of_idle_ = false;
  IdleClients::Places::iterator among_idle_{};  // while told_of_idle_
  Time reaps_at_ = Time::max();                 // when idle connections are looked at next
  Time name_known_ = Time::max();  // from then on; the end of time: nobody has asked yet
  std::unique_ptr<Http2Session> session_;
};

}  // namespace sixslots::models
