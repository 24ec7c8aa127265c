#pragma once

#include <algorithm>
#include <array>
#include <forward_list>
#include <memory>
#include <utility>
#include <vector>

#include "models/connection.hpp"
#include "models/http2_session.hpp"
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

class PoolGroup;
class ConnectionPool;

/// The right to send one request: a slot, that is an HTTP/1.1 connection for the life of the
/// response body, or a stream of an HTTP/2 session. Empty when the connection failed.
class [[nodiscard]] Exchange {
 public:
  Exchange() = default;
  Exchange(PoolGroup& group, std::unique_ptr<Connection> connection)
      : group_(&group), connection_(std::move(connection)), reused_(connection_->requests > 0) {}
  Exchange(PoolGroup& group, Http2Session& session)
      : group_(&group), session_(&session), reused_(session.connection().requests > 0) {}
  Exchange(Exchange&& other) noexcept { take(other); }
  Exchange& operator=(Exchange&& other) noexcept {
    if (this != &other) {
      abandon();
      take(other);
    }
    return *this;
  }
  ~Exchange() {
    if (group_ != nullptr) abandon();
  }

  explicit operator bool() const { return group_ != nullptr; }
  [[nodiscard]] Connection& connection() const {
    return session_ == nullptr ? *connection_ : session_->connection();
  }
  [[nodiscard]] bool reused() const { return reused_; }

  /// The head has reached the server. False: the session's limit is exceeded, the stream is
  /// refused.
  bool reach_server();

  /// The way to the first hop and back, as this exchange uses it while it stays where it is.
  [[nodiscard]] Lane outward(Link& up);
  [[nodiscard]] Lane inward(Link& down);

  /// Where the stream waits for its turn at the server, and the turn, which it holds to its end;
  /// null: the server works on all streams of the connection.
  [[nodiscard]] sim::Resource* turns() const {
    return session_ == nullptr ? nullptr : session_->executing();
  }
  void hold(sim::Lease turn) { executing_ = std::move(turn); }

  /// The body was read to its end: an HTTP/1.1 connection can carry the next request.
  void finish();

  /// Gives it up in the middle: an HTTP/1.1 connection is closed, an HTTP/2 stream is reset.
  void abandon();

 private:
  friend class PoolGroup;
  void take(Exchange& other);

  PoolGroup* group_ = nullptr;
  Http2Session* session_ = nullptr;         // null: HTTP/1.1
  std::unique_ptr<Connection> connection_;  // null: HTTP/2 or 3
  bool reused_ = false;
  bool at_server_ = false;
  struct Order {
    Time out{};
    Time back{};
  };
  sim::Pooled<Order> order_;  // of a stream that has one of its own
  sim::Lease executing_;
};

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
    Acquire(PoolGroup& group, RequestKind kind, bool urgent, Exchange& exchange);
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
  void serve_queue();
  void note_shortage();
  [[nodiscard]] Acquire* first_waiting();
  bool grant(Acquire& request);
  void keep_idle(std::unique_ptr<Connection> connection);
  void idle_remain();
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
  Time reaps_at_ = Time::max();    // when idle connections are looked at next
  Time name_known_ = Time::max();  // from then on; the end of time: nobody has asked yet
  std::unique_ptr<Http2Session> session_;
};

/// All connections of a browser context: the groups and the limit that they share.
class ConnectionPool {
 public:
  ConnectionPool(sim::Simulation& simulation, const BrowserProfile& profile,
                 const NetworkPath& network, const sim::RandomSource& random, Observer& observer);
  ~ConnectionPool() { group_waits_ = false; }  // nobody connects any more
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  /// The group for an origin, or for an origin seen from one top-level site where pools are split.
  PoolGroup& group(Origin& origin, std::uint32_t top_level_site);

  [[nodiscard]] const BrowserProfile& profile() const { return profile_; }
  [[nodiscard]] const NetworkPath& network() const { return network_; }
  [[nodiscard]] const sim::RandomSource& random() const { return random_; }
  [[nodiscard]] Duration rtt() const { return network_.rtt; }
  [[nodiscard]] Observer& observer() { return observer_; }
  [[nodiscard]] sim::Simulation& simulation() const { return processes_.simulation(); }

  /// The server closed all its connections: those that are idle here are gone.
  void server_went_down(const Origin& origin);

  /// While it exists, requests are given up one after another that a browser cancels at once, as
  /// those of a document: what they free goes to those that are left when it ends.
  class Cancellation {
   public:
    explicit Cancellation(ConnectionPool& pool) : pool_(pool) { pool_.cancelling_ = true; }
    Cancellation(const Cancellation&) = delete;
    Cancellation& operator=(const Cancellation&) = delete;
    ~Cancellation() { pool_.cancelled(); }

   private:
    ConnectionPool& pool_;
  };

  /// Starts a process that ends with the pool.
  void spawn(sim::Process process) { processes_.spawn(std::move(process)); }

  /// Until the TCP (or QUIC) connection that is begun now has got through, and then TLS: what lost
  /// packets add to their round trips.
  struct HandshakeLosses {
    Duration transport{};
    Duration tls{};
  };
  HandshakeLosses next_handshake_losses(const Origin& origin);

  /// A new connection, for those that keep their own (WebSockets).
  std::uint32_t next_connection_id() { return ++last_connection_id_; }

 private:
  friend class PoolGroup;
  bool reserve_connection();
  bool close_an_idle_connection();
  void serve_stalled_groups();
  void return_connection();
  void cancelled();

  const BrowserProfile& profile_;
  const NetworkPath& network_;
  sim::RandomSource random_;
  Observer& observer_;
  int limit_;            // the browser's, or that of a forward proxy
  int connections_ = 0;  // connecting, in use and idle
  bool group_waits_ = false;
  bool cancelling_ = false;
  std::uint32_t last_connection_id_ = 0;
  std::uint32_t handshakes_ = 0;
  std::forward_list<PoolGroup, sim::FrameAllocator<PoolGroup>> groups_;  // in order of first use
  sim::Scope processes_;  // last: its processes end before what they work on
};

}  // namespace sixslots::models
