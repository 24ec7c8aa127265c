#pragma once

#include <span>
#include <string_view>

#include "models/units.hpp"

namespace sixslots::models {

/// The way between the browser and the first hop.
struct NetworkPath {
  std::string_view name;  ///< as in `[network] profile = "..."`
  std::string_view summary;
  std::string_view source;
  Duration rtt{};  ///< round trip without queueing
  BitRate down;    ///< shared by all transfers of a browser
  BitRate up;
  Duration dns{};          ///< one look-up of a name that is not cached
  Ratio loss = {};         ///< of the packets, each way
  bool slow_start = true;  ///< connections begin with a small congestion window

  /// Half a round trip: outward, and back. They differ by a nanosecond when the round trip is odd.
  [[nodiscard]] Duration way_out() const { return rtt / 2; }
  [[nodiscard]] Duration way_back() const { return rtt - rtt / 2; }

  [[nodiscard]] bool lossy() const { return loss.value > 0.0; }
  /// What a message takes is the link's rate alone: none of it is lost, and no window fills up.
  [[nodiscard]] bool only_rate_counts() const {
    return !lossy() && (!slow_start || rtt == Duration::zero());
  }
};

/// All known networks, the default first.
std::span<const NetworkPath> networks();

/// The network of that name, or nullptr.
const NetworkPath* find_network(std::string_view name);

}  // namespace sixslots::models
