#pragma once

#include "models/fetch.hpp"

namespace sixslots::models {

/// An open WebSocket: it counts as a connection of the browser until it is destroyed.
class [[nodiscard]] WebSocket {
 public:
  WebSocket() = default;
  WebSocket(Browser& browser, const Origin& origin) : browser_(&browser), origin_(&origin) {}
  WebSocket(WebSocket&& other) noexcept
      : browser_(std::exchange(other.browser_, nullptr)),
        origin_(other.origin_),
        connected_(other.connected_),
        transport_(other.transport_),
        held_(std::move(other.held_)) {}
  WebSocket& operator=(WebSocket&&) = delete;
  ~WebSocket();

  explicit operator bool() const { return browser_ != nullptr; }

  void connected() {
    connected_ = true;
    browser_->observer().connection_opened();
  }
  /// The same for a connection that is counted already.
  void take_over() { connected_ = true; }

  /// The way to the first hop and back, while the socket stays where it is.
  [[nodiscard]] Lane outward() { return lane(browser_->up, transport_.out); }
  [[nodiscard]] Lane inward() { return lane(browser_->down, transport_.back); }
  void hold(Reply&& reply) { held_ = std::move(reply.held); }
  /// A worker that it needs is lost.
  [[nodiscard]] bool is_lost() const { return models::is_lost(held_); }
  /// What it holds of the hops.
  [[nodiscard]] HopLeases let_go() { return std::move(held_); }

 private:
  // A WebSocket runs over TCP, whatever the origin speaks otherwise.
  [[nodiscard]] Lane lane(Link& link, TransportLane& transport) const {
    return {browser_->network(), link, transport, transport.in_order,
            transport_rules(Protocol::http1)};
  }

  Browser* browser_ = nullptr;
  const Origin* origin_ = nullptr;
  bool connected_ = false;
  Transport transport_;
  HopLeases held_;
};

/// Opens a WebSocket; empty when there are too many, or the handshake failed.
sim::Task<WebSocket> open_web_socket(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                                     RequestRecord& record);

}  // namespace sixslots::models
