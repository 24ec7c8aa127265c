#include <algorithm>
#include <map>

#include "reports/limits.hpp"
#include "reports/pools.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

constexpr std::string_view key_of_a_host = "browser.connections_per_origin";

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

/// Slots that all hosts together have.
std::map<int, int> held_by_contexts(const std::map<Pool, PoolLoad>& pools) {
  std::map<int, int> held;
  for (const auto& [pool, load] : pools) held[pool.context] += load.holding;
  return held;
}

/// A host has room for more, and nobody gets it: all hosts together use up what there is.
bool hosts_share_too_little(const VariantView& view, int of_a_host, int of_all) {
  const std::map<Pool, PoolLoad> pools = pools_at_the_end(view);
  std::map<int, int> held = held_by_contexts(pools);
  return std::ranges::any_of(pools, [&](const auto& one) {
    const auto& [pool, load] = one;
    return load.waiting > 0 && load.holding < of_a_host && held[pool.context] >= of_all;
  });
}

Limit limit_of_slots(const VariantView& view) {
  const models::WorldSpec& world = view.world();
  const Limit of_a_host{world.browser.connections_per_origin, std::string(key_of_a_host)};
  const Limit of_all =
      smallest({{world.browser.connections_total, "browser.connections_total"},
                {world.hops.front().connections_per_client, "hop.0.connections_per_client"}});
  const bool asks_several = !world.scripted.empty();
  if (asks_several && hosts_share_too_little(view, of_a_host.limit, of_all.limit)) return of_all;
  return smallest({of_a_host, of_all});
}

}  // namespace

bool is_of_one_host(const VariantView& view, std::string_view key) {
  return view.multiplexed() || key == key_of_a_host;
}

namespace {

/// In use at once, of what a limit is about: a host's, or those of all hosts as the run ends.
double slots_taken(const VariantView& view, const Limit& limit) {
  double taken = value_of(view, "slots.peak");
  if (is_of_one_host(view, limit.key) || view.world().scripted.empty()) return taken;
  for (const auto& [context, held] : held_by_contexts(pools_at_the_end(view))) {
    taken = std::max(taken, static_cast<double>(held));
  }
  return taken;
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
          .peak = slots_taken(view, limit),
          .limit = limit.limit,
          .most = view.multiplexed() ? 0 : most_slots(view.world()),
          .room = limit.limit,
          .key = limit.key,
          .queue = value_of(view, "slots.queue_peak"),
          .of_each_user = true};
}

/// Where a script has event streams too, their slots are what runs out first.
Wall wall_of_browser(const VariantView& view) {
  const bool has_event_streams = view.streams.asked_for > view.streams.sockets;
  const bool tells_of_sockets =
      view.streams.sockets > 0 && (!has_event_streams || refused_sockets(view) > 0);
  return tells_of_sockets ? wall_of_sockets(view) : wall_of_slots(view);
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

}  // namespace sixslots::reports
