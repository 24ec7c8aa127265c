#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/study.hpp"

namespace sixslots::reports {

/// A place on the way to the app, what an answer holds there until it ends, and how much of that
/// there is.
struct Wall {
  std::string place;     ///< "browser", "nginx", "php-fpm"
  std::string unit;      ///< what an event stream holds: "slot", "worker"; "" nothing that runs out
  double peak = 0.0;     ///< of these in use at once, the most
  int limit = 0;         ///< 0: none
  int streams = 0;       ///< that fit under the limit when nothing else does; 0: any number
  std::string key;       ///< that sets the limit: "hop.1.workers"
  double queue = 0.0;    ///< requests that waited for one, the most at once
  double refused = 0.0;  ///< requests of a replication that were sent away
  bool of_each_user = false;  ///< everybody has a limit of their own
  std::string until = {};     ///< " until its headers come", where that is not the end

  /// It was full, and somebody needed more; or got it: Firefox's clicks have slots of their own.
  [[nodiscard]] bool binds() const {
    return limit > 0 && (peak > limit || (peak >= limit && (queue > 0.0 || refused > 0.0)));
  }
};

/// The browser, and then the hops.
std::vector<Wall> walls(const VariantView& view);

/// The browser's slots, or the streams of its session, also where rows have WebSockets.
Wall wall_of_slots(const VariantView& view);

/// When the first replication ends.
bool rows_hold_all_slots(const VariantView& view);

/// Of the walls that bind the one that the fewest rows run into, or none.
std::optional<std::size_t> first_wall(const std::vector<Wall>& walls, int users);

/// Of what a flow's requests wait at the server, most is for a worker, and not before the app.
bool waits_for_workers(const models::FlowStatistics& flow);

/// The wall at which a flow's requests wait for longest at the server, or nothing where none of
/// the walls that bind is one that they wait at.
std::optional<Wall> longest_line(const VariantView& view, const models::FlowStatistics& flow);

/// Rows whose WebSocket the browser refuses, because it has as many as it opens.
std::uint64_t refused_sockets(const VariantView& view);

/// "an upstream connection"; of a wall where something runs out.
std::string one_of(const Wall& wall);

/// "an upstream connection until its headers come", "nothing that runs out".
std::string held(const Wall& wall);

/// "6/6", "60", "✗ 5/5, 56 wait, 2 refused".
std::string held_text(const Wall& wall);

}  // namespace sixslots::reports
