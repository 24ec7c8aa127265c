#include "reports/walls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/evidence.hpp"
#include "reports/pools.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using models::HopSpec;

/// Zero where it was not measured.
double value_of(const VariantView& view, const std::string& name) {
  const scenarios::MetricValue value = metric(*view.result, name);
  return value.kind == scenarios::MetricValue::Kind::none ? 0.0 : value.value;
}

struct Limit {
  int limit = 0;
  std::string key;
};

/// The smallest of those that there are.
Limit smallest(const std::vector<Limit>& limits) {
  Limit least;
  for (const Limit& one : limits) {
    if (one.limit > 0 && (least.limit == 0 || one.limit < least.limit)) least = one;
  }
  return least;
}

/// Of all browsers of the fleet, with the connections that Firefox keeps for clicks.
int most_slots(const models::WorldSpec& world) {
  const auto slots = [](const models::BrowserProfile& browser) {
    return browser.connections_per_origin + browser.urgent_extra_connections;
  };
  int most = slots(world.browser);
  for (const models::BrowserShare& other : world.fleet.browsers) {
    most = std::max(most, slots(other.profile));
  }
  return most;
}

/// A host has room for more, and nobody gets it: all hosts together use up what there is.
bool hosts_share_too_little(const VariantView& view, int of_a_host, int of_all) {
  const std::map<Pool, PoolLoad> pools = pools_at_the_end(view);
  std::map<int, int> held;  // by context
  for (const auto& [pool, load] : pools) held[pool.context] += load.holding;
  return std::ranges::any_of(pools, [&](const auto& one) {
    const auto& [pool, load] = one;
    return load.waiting > 0 && load.holding < of_a_host && held[pool.context] >= of_all;
  });
}

Limit limit_of_slots(const VariantView& view) {
  const models::WorldSpec& world = view.world();
  const Limit of_a_host{world.browser.connections_per_origin, "browser.connections_per_origin"};
  const Limit of_all =
      smallest({{world.browser.connections_total, "browser.connections_total"},
                {world.hops.front().connections_per_client, "hop.0.connections_per_client"}});
  const bool asks_several = !world.scripted.empty();
  if (asks_several && hosts_share_too_little(view, of_a_host.limit, of_all.limit)) return of_all;
  return smallest({of_a_host, of_all});
}

/// What the server states, or the browser assumes, under the browser's own ceiling.
Limit limit_of_streams(const models::WorldSpec& world) {
  const int stated = world.hops.front().max_concurrent_streams.value_or(0);
  if (stated == 0) return {world.browser.http2_streams_default, "browser.http2_streams_default"};
  return smallest({{stated, "hop.0.max_concurrent_streams"},
                   {world.browser.http2_streams_cap, "browser.http2_streams_cap"}});
}

bool is_web_socket_of_rows(const models::RequestRecord& record) {
  return record.flow == models::row_traffic && record.kind == models::RequestKind::web_socket;
}

/// WebSockets have a pool of their own, in which one that is not open yet has its place; the slots
/// are left to the other requests.
Wall wall_of_sockets(const VariantView& view) {
  const int limit = view.world().browser.web_socket.limit;
  const std::uint64_t refused = refused_sockets(view);
  const std::uint64_t wanted = view.streams.sockets;
  const auto there = static_cast<double>(wanted - std::min(refused, wanted));
  return {.place = "browser",
          .unit = "WebSocket",
          .peak = there,
          .limit = limit,
          .room = limit,
          .key = "browser.web_socket_limit",
          .refused = static_cast<double>(refused),
          .of_each_user = true};
}

}  // namespace

Wall wall_of_slots(const VariantView& view) {
  const Limit limit = view.multiplexed() ? limit_of_streams(view.world()) : limit_of_slots(view);
  return {.place = "browser",
          .unit = view.multiplexed() ? "stream" : "slot",
          .peak = value_of(view, "slots.peak"),
          .limit = limit.limit,
          .most = view.multiplexed() ? 0 : most_slots(view.world()),
          .room = limit.limit,
          .key = limit.key,
          .queue = value_of(view, "slots.queue_peak"),
          .of_each_user = true};
}

namespace {

/// Where a script has event streams too, their slots are what runs out first.
Wall wall_of_browser(const VariantView& view) {
  const bool has_event_streams = view.streams.asked_for > view.streams.sockets;
  const bool tells_of_sockets =
      view.streams.sockets > 0 && (!has_event_streams || refused_sockets(view) > 0);
  return tells_of_sockets ? wall_of_sockets(view) : wall_of_slots(view);
}

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

// It does so at once, before it connects.
std::uint64_t refused_sockets(const VariantView& view) {
  std::map<std::pair<int, int>, bool> rows;  // refused, and not opened before or after
  for (const models::RequestRecord& record : view.result->sample.records) {
    if (!is_web_socket_of_rows(record)) continue;
    const bool refused = !record.granted && record.finished == record.created;
    const auto [row, is_new] = rows.try_emplace({record.tab, record.row}, refused);
    if (!is_new) row->second = row->second && refused;
  }
  return static_cast<std::uint64_t>(
      std::ranges::count(rows, true, [](const auto& row) { return row.second; }));
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
