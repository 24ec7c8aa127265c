#pragma once

#include <map>

#include "models/origin.hpp"
#include "models/profile.hpp"
#include "sim/random.hpp"
#include "sim/resource.hpp"

namespace sixslots::models {

/// What the WebSockets of a browser context share: how many there may be, one handshake at a time
/// for each host (RFC 6455 section 4.1), and Chromium's throttle of handshakes.
class WebSocketPool {
 public:
  WebSocketPool(const BrowserProfile& profile, sim::RandomStream random)
      : profile_(profile), random_(random) {}

  /// One of the sockets that may be open or connecting; false when there are too many already.
  bool reserve(const Origin& origin);
  void give_back(const Origin& origin);

  /// The lock that handshakes with a host take turns at.
  [[nodiscard]] sim::Resource& handshakes(const Origin& origin);

  /// It is pending from now on. Chromium delays it by a time that doubles with each pending one,
  /// itself included, up to 1 to 5 s from the 16th on (services/network/websocket_throttler.cc, and
  /// websocket_factory.cc for what is counted first).
  [[nodiscard]] Duration handshake_begins();
  void handshake_ends(bool succeeded);

 private:
  struct Host {
    int sockets = 0;
    sim::Resource handshakes{1};
  };

  const BrowserProfile& profile_;
  sim::RandomStream random_;
  int pending_ = 0;
  int failed_ = 0;
  int succeeded_ = 0;
  std::map<const Origin*, Host> hosts_;  // looked up only: its order shows nowhere
};

}  // namespace sixslots::models
