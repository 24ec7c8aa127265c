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
  int lost = 0;          ///< of the limit, to events: the most at once
  int most = 0;          ///< some browser's, with those that are for clicks alone; 0: as the limit
  int room = 0;          ///< what streams can take of these; 0: streams do not run out of them
  int each_stream = 1;   ///< takes so many of these
  int each_user = 0;     ///< takes so many besides
  std::string key;       ///< that sets the limit: "hop.1.workers"
  double queue = 0.0;    ///< requests that waited for one, the most at once
  double refused = 0.0;  ///< requests of a replication that were sent away
  bool of_each_user = false;  ///< everybody has a limit of their own
  std::string until = {};     ///< " until its headers come", where that is not the end

  /// It was full, and somebody needed more; or got it: Firefox's clicks have slots of their own.
  [[nodiscard]] bool binds() const {
    const bool was_full = peak >= limit - lost;
    return limit > 0 && (peak > limit || (was_full && (queue > 0.0 || refused > 0.0)));
  }
  /// Streams for which users leave room who are all there; below zero where they themselves do not
  /// fit.
  [[nodiscard]] int streams_beside(int users) const {
    return (room - users * each_user) / each_stream;
  }
  /// The streams that fit of users who come one after another, with so many each.
  [[nodiscard]] int streams_of_users_with(int streams) const;
  /// The users with so many streams each who fit and leave one of them the room for a request.
  [[nodiscard]] int users_beside_a_request(int streams) const;
};

/// The browser, and then the hops.
std::vector<Wall> walls(const VariantView& view);

/// The browser's WebSockets where those are what runs out, else its slots or streams.
Wall wall_of_browser(const VariantView& view);

/// The browser's slots, or the streams of its session, also where rows have WebSockets.
Wall wall_of_slots(const VariantView& view);

/// Whether the limit that a key sets for slots or streams is one of each host. A limit of all hosts
/// together makes one pool of them.
bool is_of_one_host(const VariantView& view, std::string_view key);

/// Of the walls that bind the one that the fewest rows run into, or none.
std::optional<std::size_t> first_wall(const std::vector<Wall>& walls, int users);

/// Of what a flow's requests wait at the server, most is for a worker, and not before the app.
bool waits_for_workers(const models::FlowStatistics& flow);

/// The wall at which a flow's requests wait for longest at the server, or nothing where none of
/// the walls that bind is one that they wait at.
std::optional<Wall> longest_line(const VariantView& view, const models::FlowStatistics& flow);

/// What it wants more of; empty where it stands in no line.
std::string key_of_line(const VariantView& view, const FlowView& flow);

/// Where requests that have a slot or stream spend most of that time: a line at the server. Then
/// that keeps slots from coming free, and not the browser.
struct LineBehindSlots {
  Wall wall;
  double share = 0.0;  ///< of the time that they have one
};
std::optional<LineBehindSlots> line_behind_slots(const VariantView& view);

/// The longest line at the walls that bind behind a hop, if there is any.
std::optional<Wall> longest_line_behind(const VariantView& view, std::size_t hop);

/// Rows whose WebSocket the browser refuses, because it has as many as it opens.
std::uint64_t refused_sockets(const VariantView& view);

/// "an upstream connection"; of a wall where something runs out.
std::string one_of(const Wall& wall);

/// "an upstream connection until its headers come", "nothing that runs out".
std::string held(const Wall& wall);

/// "6/6", "60", "✗ 8/6+3", "✗ 5/5, 56 wait, 2 refused", "✗ 4/5, 5 lost, 37 wait".
std::string held_text(const Wall& wall);

}  // namespace sixslots::reports
