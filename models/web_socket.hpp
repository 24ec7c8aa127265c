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
  void hold(Reply&& reply) { held_ = std::move(reply.held); }

 private:
  Browser* browser_ = nullptr;
  const Origin* origin_ = nullptr;
  bool connected_ = false;
  std::vector<HopLease> held_;
};

/// Opens a WebSocket; empty when there are too many, or the handshake failed.
sim::Task<WebSocket> open_web_socket(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                                     RequestRecord& record);

}  // namespace sixslots::models
