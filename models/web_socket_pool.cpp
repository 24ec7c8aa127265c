#include "models/web_socket_pool.hpp"

#include <algorithm>

namespace sixslots::models {

bool WebSocketPool::reserve(const Origin& origin) {
  Host& host = hosts_[&origin];
  if (host.sockets >= profile_.web_socket.limit) return false;
  ++host.sockets;
  return true;
}

void WebSocketPool::give_back(const Origin& origin) { --hosts_[&origin].sockets; }

sim::Resource& WebSocketPool::handshakes(const Origin& origin) {
  return hosts_[&origin].handshakes;
}

Duration WebSocketPool::handshake_begins() {
  ++pending_;
  if (!profile_.web_socket.throttled) return {};
  const int exponent = std::min(pending_ + failed_ / (succeeded_ + 1), 16);
  const auto longest = static_cast<std::int64_t>(1000 + random_.below(4001));
  return std::chrono::milliseconds(longest * (std::int64_t{1} << exponent) / 65536);
}

void WebSocketPool::handshake_ends(bool succeeded) {
  --pending_;
  ++(succeeded ? succeeded_ : failed_);
}

}  // namespace sixslots::models
