#pragma once

#include <cstdint>

namespace sixslots::models {

/// What a connection speaks above TCP (or QUIC).
enum class Protocol : std::uint8_t { http1, http2, http3 };

/// Many streams share one connection.
constexpr bool multiplexed(Protocol p) { return p != Protocol::http1; }

}  // namespace sixslots::models
