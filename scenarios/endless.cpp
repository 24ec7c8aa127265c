#include "scenarios/endless.hpp"

#include <fmt/format.h>

#include <string>

#include "models/design.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

using models::Endless;
using models::MadeRequest;
using models::RequestKind;

/// What repeats, and the keys that can make it take time.
struct Repeating {
  std::string what;
  std::string keys;
};

Repeating of_rows(const models::Design& design, RequestKind kind) {
  if (kind == RequestKind::event_source) {
    return {"the rows' event streams", "network.rtt or page.stream_retry"};
  }
  if (kind == RequestKind::web_socket) {
    return {"the rows' WebSockets", "network.rtt or page.socket_backoff"};
  }
  const bool long_poll = design.name.starts_with("long-poll");
  return {"the rows' requests", long_poll ? "network.rtt" : "network.rtt or page.poll_interval"};
}

Repeating repeating(const Scenario& scenario, const MadeRequest& last) {
  const bool is_scripted = !scenario.tabs.empty();
  if (last.flow == models::page_traffic) return {"pages that load", "network.rtt"};
  if (last.flow == models::row_traffic) {
    return is_scripted ? Repeating{"a stream of the script", "network.rtt or its retry"}
                       : of_rows(*scenario.world.page.design, last.kind);
  }
  const auto index = static_cast<std::size_t>(last.flow);
  const std::string what = fmt::format("requests \"{}\"", scenario.world.requests[index].name);
  if (is_scripted) return {what, "network.rtt or the action's service"};
  return {what, fmt::format("network.rtt, request.{0}.service, request.{0}.patience or "
                            "request.{0}.arrivals.think",
                            index)};
}

}  // namespace

Error endless(const Scenario& scenario, std::string_view label, const Endless& why) {
  const std::string where = label.empty() ? "" : fmt::format("{}: ", label);
  const std::string at = print(why.at() - sim::start_of_time);
  const auto [what, keys] = repeating(scenario, why.last());
  if (why.sign() == Endless::Sign::no_time_passes) {
    return {{scenario.file, 0, 0},
            fmt::format("{}the run does not get on at {}: millions of events, and hardly any time "
                        "passes. What repeats is probably {}; give more time to {}",
                        where, at, what, keys)};
  }
  return {{scenario.file, 0, 0},
          fmt::format("{}at {} millions of requests are under way, more than there is memory for; "
                      "the last were {}. Simulate a shorter time, or fewer requests",
                      where, at, what)};
}

}  // namespace sixslots::scenarios
