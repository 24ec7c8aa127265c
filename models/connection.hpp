#pragma once

#include <cstdint>

#include "models/transport.hpp"
#include "models/units.hpp"

namespace sixslots::models {

/// One TCP (or QUIC) connection of a browser.
struct Connection {
  std::uint32_t id = 0;           ///< counts from 1 in the browser
  std::uint32_t requests = 0;     ///< carried so far
  bool urgent = false;            ///< opened for an urgent request
  std::uint32_t incarnation = 0;  ///< of the server that accepted it
  Duration set_up{};              ///< what the handshakes took
  Time connected_at{};
  Transport transport;
};

}  // namespace sixslots::models
