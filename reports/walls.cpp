#include "reports/walls.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/evidence.hpp"
#include "reports/limits.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using models::HopSpec;

/// A hop's connections on both sides: a stream has one upstream, and one of its own from the hop
/// before; or its user has that one for all of them, where the browser multiplexes. Idle ones do
/// not count: they are closed for those who come.
Wall wall_of_connections(const VariantView& view, std::size_t index) {
  const HopSpec& hop = view.world().hops[index];
  const bool shared =
      index == 0 && view.multiplexed() && !rows_use(view, models::RequestKind::web_socket);
  const std::string name = fmt::format("hop.{}", index);
  return {.place = std::string(hop.kind),
          .unit = "connection",
          .peak = value_of(view, name + ".sockets.peak"),
          .limit = hop.connections,
          .room = std::max(hop.connections - hop.connections_reserved, 0),
          .each_stream = shared ? 1 : 2,
          .each_user = shared ? 1 : 0,
          .key = name + ".connections"};
}

/// Workers or upstream connections of a hop that are away at the worst moment, which is when one of
/// the events begins.
int workers_lost(const VariantView& view, std::size_t index) {
  const std::vector<models::ServerEvent>& events = view.world().events;
  const auto lost_at = [&](sim::Time now) {
    int lost = 0;
    for (const models::ServerEvent& event : events) {
      const sim::Time begins = sim::start_of_time + event.at;
      const bool is_loss = event.kind == models::ServerEvent::Kind::worker_loss &&
                           event.hop == static_cast<int>(index);
      if (is_loss && begins <= now && now < event.ends(begins)) lost += event.workers;
    }
    return lost;
  };
  int most = 0;
  for (const models::ServerEvent& event : events) {
    const sim::Time begins = sim::start_of_time + event.at;
    if (begins <= view.result->sample.end) most = std::max(most, lost_at(begins));
  }
  const HopSpec& hop = view.world().hops[index];
  const bool is_app = index + 1 == view.world().hops.size();
  return std::min(most, is_app ? hop.workers : hop.upstream_connections);
}

/// Requests that a proxy can have under way to the hop behind it.
Limit limit_of_upstream(const models::WorldSpec& world, std::size_t index) {
  const HopSpec& hop = world.hops[index];
  const int each = models::requests_on_a_connection(world.hops[index + 1]);
  return smallest(
      {{hop.upstream_connections * each, fmt::format("hop.{}.upstream_connections", index)},
       {hop.upstream_requests, fmt::format("hop.{}.upstream_requests", index)}});
}

/// Of those, how many connections that are lost would have carried.
int upstream_lost(const VariantView& view, std::size_t index) {
  const int lost = workers_lost(view, index);
  if (lost == 0) return 0;
  const models::WorldSpec& world = view.world();
  const int each = models::requests_on_a_connection(world.hops[index + 1]);
  const int left = world.hops[index].upstream_connections - lost;
  return std::max(0, limit_of_upstream(world, index).limit - left * each);
}

std::string unit_of_upstream(const models::WorldSpec& world, std::size_t index) {
  return models::multiplexed(world.hops[index + 1].protocol) ? "upstream stream"
                                                             : "upstream connection";
}

/// Streams of one connection that the first hop works on.
Wall wall_of_execution(const VariantView& view) {
  const HopSpec& hop = view.world().hops.front();
  return {.place = std::string(hop.kind),
          .unit = "turn",
          .peak = value_of(view, "hop.0.executing.peak"),
          .limit = hop.executing_streams,
          .room = hop.executing_streams,
          .key = "hop.0.executing_streams",
          .queue = value_of(view, "hop.0.executing.queue_peak"),
          .of_each_user = true};
}

Wall wall_of_hop(const VariantView& view, std::size_t index) {
  const models::WorldSpec& world = view.world();
  const HopSpec& hop = world.hops[index];
  const bool is_app = index + 1 == world.hops.size();
  const std::string name = fmt::format("hop.{}", index);
  const Limit limit =
      is_app ? Limit{hop.workers, name + ".workers"} : limit_of_upstream(world, index);
  Wall wall{.place = std::string(hop.kind),
            .unit = {},
            .peak = value_of(view, name + ".busy.peak"),
            .limit = limit.limit,
            .lost = is_app ? workers_lost(view, index) : upstream_lost(view, index),
            .key = limit.key,
            .queue = value_of(view, name + ".queue.peak"),
            .refused = value_of(view, name + ".refused")};
  wall.room = wall.limit - wall.lost;
  if (hop.executing_streams > 0 && index == 0 && view.multiplexed()) {
    const Wall own = wall_of_execution(view);
    if (own.binds() && (!wall.binds() || own.limit < wall.limit)) return own;
  }
  if (is_app && wall.limit == 0) return wall;
  wall.unit = is_app ? "worker" : unit_of_upstream(world, index);
  if (!is_app && hop.upstream_held == models::Held::until_headers) {
    wall.until = " until its headers come";
    wall.room = 0;
  }
  if (is_app || hop.connections == 0) return wall;
  Wall sockets = wall_of_connections(view, index);
  const int left = wall.limit - wall.lost;
  if (wall.limit > 0 && left <= sockets.streams_beside(world.fleet.users)) return wall;
  sockets.queue = wall.queue;
  sockets.refused = wall.refused;
  sockets.until = wall.until;
  return sockets;
}

}  // namespace

int Wall::streams_of_users_with(int streams) const {
  const int of_one = each_user + streams * each_stream;
  const int rest = room % of_one;
  return room / of_one * streams + std::max(rest - each_user, 0) / each_stream;
}

int Wall::users_beside_a_request(int streams) const {
  return std::max(room - each_stream, 0) / (each_user + streams * each_stream);
}

std::vector<Wall> walls(const VariantView& view) {
  std::vector<Wall> all = {wall_of_browser(view)};
  for (std::size_t i = 0; i < view.world().hops.size(); ++i) all.push_back(wall_of_hop(view, i));
  return all;
}

std::optional<std::size_t> first_wall(const std::vector<Wall>& walls, int users) {
  std::optional<std::size_t> first;
  const auto room = [&](const Wall& wall) {  // for the streams of one user
    const int sharing = wall.of_each_user ? 1 : users;
    return static_cast<double>(wall.streams_beside(sharing)) / sharing;
  };
  for (std::size_t i = 0; i < walls.size(); ++i) {
    if (!walls[i].binds() || walls[i].room == 0) continue;
    if (!first || room(walls[i]) < room(walls[*first])) first = i;
  }
  return first;
}

bool waits_for_workers(const models::FlowStatistics& flow) {
  return flow.worker_queue.known_seconds() >= flow.proxy_queue.known_seconds();
}

std::optional<Wall> longest_line(const VariantView& view, const models::FlowStatistics& flow) {
  const std::vector<Wall> all = walls(view);
  const bool at_app = waits_for_workers(flow);
  std::optional<Wall> longest;
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (!all[i].binds() || (all[i].unit == "worker") != at_app) continue;
    if (!longest || all[i].queue > longest->queue) longest = all[i];
  }
  return longest;
}

std::string key_of_line(const VariantView& view, const FlowView& flow) {
  const std::optional<Wall> wall = longest_line(view, *flow.statistics);
  return wall ? wall->key : std::string();
}

std::optional<LineBehindSlots> line_behind_slots(const VariantView& view) {
  const auto in_line = [](const FlowView& flow) {
    return flow.statistics->worker_queue.known_seconds() +
           flow.statistics->proxy_queue.known_seconds();
  };
  const auto longest = std::ranges::max_element(view.flows, {}, in_line);
  if (longest == view.flows.end()) return std::nullopt;
  double queued = 0.0;
  double held = 0.0;
  for (const FlowView& flow : view.flows) {
    const models::FlowStatistics& its = *flow.statistics;
    queued += in_line(flow);
    held +=
        its.latency.known_seconds() - its.stalled.known_seconds() - its.connecting.known_seconds();
  }
  const std::optional<Wall> wall = longest_line(view, *longest->statistics);
  if (!wall || 2.0 * queued <= held) return std::nullopt;
  return LineBehindSlots{*wall, queued / held};
}

std::optional<Wall> longest_line_behind(const VariantView& view, std::size_t hop) {
  const std::vector<Wall> all = walls(view);
  std::optional<Wall> longest;
  for (std::size_t i = hop + 1; i < all.size(); ++i) {  // its own upstream is one
    if (all[i].binds() && (!longest || all[i].queue > longest->queue)) longest = all[i];
  }
  return longest;
}

std::string one_of(const Wall& wall) {
  return fmt::format("{} {}", wall.unit.front() == 'u' ? "an" : "a", wall.unit);
}

std::string held(const Wall& wall) {
  return wall.unit.empty() ? "nothing that runs out" : one_of(wall) + wall.until;
}

std::string held_text(const Wall& wall) {
  if (wall.unit.empty()) return "no limit";
  std::string text = fmt::format("{:.0f}", wall.peak);
  if (wall.limit > 0) text += fmt::format("/{}", wall.limit);
  if (wall.peak > wall.limit && wall.most > wall.limit) {
    text += fmt::format("+{}", wall.most - wall.limit);
  }
  if (!wall.binds()) return text;
  if (wall.lost > 0) text += fmt::format(", {} lost", wall.lost);
  if (wall.queue > 0.0) text += fmt::format(", {:.0f} wait", wall.queue);
  if (wall.refused > 0.0) {
    const auto count = short_value(scenarios::MetricInfo::Unit::count, wall.refused);
    text += fmt::format(", {} refused", count);
  }
  return "✗ " + text;
}

}  // namespace sixslots::reports
