#pragma once

#include <cstdint>

#include "models/request_kind.hpp"
#include "models/units.hpp"

namespace sixslots::models {

/// How a request ended, as far as it did.
enum class Outcome : std::uint8_t {
  pending,  ///< not finished when the run ended
  done,     ///< answered with a status; the body was read to its end
  failed,   ///< network error: refused, reset, dropped
  aborted,  ///< given up by the page: closed, navigated away, tab closed
};

/// Traffic that is not a flow of the scenario.
inline constexpr int row_traffic = -1;   ///< the design's own requests
inline constexpr int page_traffic = -2;  ///< documents

/// One request, from the call to the end of its body, with the phases that it went through.
/// A moment that has not come is empty. The phases in order:
///   created -> granted (stalled, then connecting) -> reached -> arrived (proxy queue)
///   -> answered (worker queue, service) -> opened -> finished (transfer).
struct RequestRecord {
  std::uint32_t id = 0;  ///< counts up in the order of creation
  std::int32_t flow = row_traffic;
  std::uint32_t user = 0;
  std::int32_t tab = 0;
  std::int32_t row = -1;   ///< -1: not for one row
  std::int32_t name = -1;  ///< index into the script's names; -1: none
  RequestKind kind = RequestKind::fetch;
  Outcome outcome = Outcome::pending;
  bool reused = false;  ///< on a connection that had carried a request before
  std::int32_t status = 0;
  std::uint32_t connection = 0;  ///< counts from 1 in the browser; 0: none yet
  std::uint32_t attempts = 0;    ///< times it was sent

  Time created{};
  sim::Moment granted;   ///< got a connection or stream
  sim::Moment reached;   ///< at the first hop
  sim::Moment arrived;   ///< at the app
  sim::Moment answered;  ///< first byte leaves the app
  sim::Moment opened;    ///< headers at the browser
  sim::Moment finished;

  Duration connecting{};    ///< set-up of its connection, within created..granted
  Duration between_hops{};  ///< on the way from hop to hop, within reached..arrived
  Duration worker_queue{};  ///< within arrived..answered
  Duration service{};       ///< within arrived..answered
};

/// Waited in the browser, apart from the set-up of its own connection, until granted or `now`.
inline Duration stalled(const RequestRecord& record, Time now) {
  return record.granted.value_or(now) - record.created - record.connecting;
}

/// Waited at the hops before the app, until arrived or `now`.
inline Duration proxy_queue(const RequestRecord& record, Time now) {
  if (!record.reached) return {};
  return record.arrived.value_or(now) - *record.reached - record.between_hops;
}

}  // namespace sixslots::models
