#pragma once

#include <memory>
#include <utility>

#include "models/connection.hpp"
#include "models/http2_session.hpp"
#include "models/transport.hpp"
#include "sim/pooled.hpp"
#include "sim/resource.hpp"

namespace sixslots::models {

class PoolGroup;

/// The right to send one request: a slot, that is an HTTP/1.1 connection for the life of the
/// response body, or a stream of an HTTP/2 session. Empty when the connection failed.
class [[nodiscard]] Exchange {
 public:
  Exchange() = default;
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

  /// Fills an empty one.
  void begin(PoolGroup& group, std::unique_ptr<Connection> connection) {
    begin(group, *connection);
    session_ = nullptr;
    connection_ = std::move(connection);
  }
  void begin(PoolGroup& group, Http2Session& session) {
    begin(group, session.connection());
    session_ = &session;
  }

  explicit operator bool() const { return group_ != nullptr; }
  [[nodiscard]] Connection& connection() const {
    return session_ == nullptr ? *connection_ : session_->connection();
  }
  [[nodiscard]] bool reused() const { return reused_; }

  /// The head has reached the server. False: the session's limit is exceeded, the stream is
  /// refused.
  bool reach_server() {
    at_server_ = session_ == nullptr || session_->server_accepts();
    return at_server_;
  }

  /// The way to the first hop and back, as this exchange uses it until it ends.
  [[nodiscard]] Lane outward(Link& up) { return lane(up, &Transport::out, &Order::out); }
  [[nodiscard]] Lane inward(Link& down) { return lane(down, &Transport::back, &Order::back); }

  /// Where the stream waits for its turn at the server, and the turn, which it holds until the
  /// answer is written; null: the server works on all streams of the connection.
  [[nodiscard]] sim::Resource* turns() const {
    return session_ == nullptr ? nullptr : session_->executing();
  }
  void hold(sim::Lease turn) { executing_ = std::move(turn); }
  void written() { executing_.release(); }

  /// The body was read to its end: an HTTP/1.1 connection can carry the next request.
  void finish() { end(true); }

  /// Gives it up in the middle: an HTTP/1.1 connection is closed, an HTTP/2 stream is reset.
  void abandon() { end(false); }

 private:
  friend class PoolGroup;
  void take(Exchange& other);
  void end(bool reusable);
  void begin(PoolGroup& group, const Connection& connection) {
    group_ = &group;
    reused_ = connection.requests > 0;
    at_server_ = false;
    order_.drop();
  }

  struct Order {
    Time out{};
    Time back{};
  };
  // See connection_pool.hpp.
  Lane lane(Link& link, TransportLane Transport::*direction, Time Order::*own);

  PoolGroup* group_ = nullptr;
  Http2Session* session_ = nullptr;         // null: HTTP/1.1
  std::unique_ptr<Connection> connection_;  // null: HTTP/2 or 3
  bool reused_ = false;
  bool at_server_ = false;
  sim::Pooled<Order> order_;  // of a stream that has one of its own
  sim::Lease executing_;
};

}  // namespace sixslots::models
