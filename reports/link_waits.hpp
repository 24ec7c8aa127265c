#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scenarios/results.hpp"

namespace sixslots::reports {

/// A direction of the access link between a browser and the first hop.
enum class Direction : std::uint8_t { down, up };

/// "network.down"
std::string_view key_of(Direction direction);
models::BitRate rate_of(const models::WorldSpec& world, Direction direction);

/// What sharing the access link with others costs a flow's recorded requests; a link that they have
/// alone costs them nothing.
struct LinkWait {
  double down = 0.0;     ///< seconds in all
  double up = 0.0;       ///< seconds in all
  double latency = 0.0;  ///< seconds in all, these and others
  std::uint64_t count = 0;
  std::uint64_t unfinished = 0;  ///< when the first replication ended, though they were sent
  std::uint64_t on_the_way = 0;  ///< of these, not at the server yet

  [[nodiscard]] double seconds(Direction direction) const {
    return direction == Direction::down ? down : up;
  }
  /// Of the latency.
  [[nodiscard]] double share(Direction direction) const {
    return latency > 0.0 ? seconds(direction) / latency : 0.0;
  }
  [[nodiscard]] double share() const { return share(Direction::down) + share(Direction::up); }
  /// Most of the latency is that.
  [[nodiscard]] bool is_mostly_shared() const { return 2.0 * share() > 1.0; }
};

/// Of each flow, as far as the first replication tells.
std::vector<LinkWait> link_waits(const scenarios::VariantResult& result);

/// What the recorded requests ask a direction to carry, in bits per second: of requests that are
/// sent, of answers that begin, and of news for the rows.
double bits_asked_for(const scenarios::VariantResult& result, Direction direction);

}  // namespace sixslots::reports
