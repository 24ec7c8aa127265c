#pragma once

#include <cstdint>
#include <optional>

#include "models/request_kind.hpp"
#include "models/transport.hpp"
#include "models/units.hpp"

namespace sixslots::models {

class LongPollHold;

/// What the app does with a request. Scripts and designs say it when they make the request, so that
/// every variant meets the same server.
struct Answer {
  Duration service{};  ///< at a worker, before the first byte
  Bytes size{2000};    ///< of the body; of an event stream: its head
  int status = 200;
  bool storable = false;          ///< Cache-Control allows the browser to store it
  bool dropped = false;           ///< the connection is closed instead of an answer
  bool streams = false;           ///< the body stays open: an event stream
  bool ends_by_reset = false;     ///< an open body, by a reset instead of a clean end
  Duration ends_after{};          ///< ... this long after it began; 0: never
  std::optional<Duration> retry;  ///< `retry:` field of an event stream
  LongPollHold* hold = nullptr;   ///< answers when there is something to say, and says it too
};

/// How a request meets the HTTP cache.
enum class CacheUse : std::uint8_t {
  bypass,  ///< no-store, or not a GET: the cache is not asked
  locked,  ///< one request of a URL at a time
};

/// One request as the page makes it.
struct RequestSpec {
  RequestKind kind = RequestKind::fetch;
  bool urgent = false;  ///< made inside a trusted user event
  CacheUse cache = CacheUse::bypass;
  std::uint32_t ordinal = 0;  ///< of those that a flow has made, from 1
  std::uint64_t url = 0;      ///< names the cache entry; only looked at when locked
  Bytes size{500};            ///< head and body
  PacketChances packets;      ///< which of its packets are lost
  Answer answer;

  /// What it opens lasts: an event stream or a WebSocket.
  [[nodiscard]] bool stays_open() const {
    return answer.streams || kind == RequestKind::web_socket;
  }

  /// Whether the app hands an answer of that size over at once, however slowly it is read: its
  /// socket takes so much (Linux, tcp_sndbuf_expand: two first windows, each segment with the room
  /// that the kernel gives it). A longer one keeps what it holds until the browser has read it.
  [[nodiscard]] bool is_written_at_once(Bytes body) const {
    constexpr Bytes send_buffer{87'040};
    return !stays_open() && body.count <= send_buffer.count;
  }
};

}  // namespace sixslots::models
