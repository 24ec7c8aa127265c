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
///   -> began (worker queue) -> answered (service) -> opened -> finished (transfer).
/// A request that a hop answers itself, because it is full or has lost patience, is answered
/// without having arrived or begun.
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
  sim::Moment began;     ///< at a worker of the app
  sim::Moment answered;  ///< first byte leaves the app, or the hop that answers in its place
  sim::Moment opened;    ///< headers at the browser
  sim::Moment finished;

  Duration connecting{};    ///< set-up of its connection, within created..granted
  Duration between_hops{};  ///< on the way from hop to hop, within reached..arrived
};

/// It is sent once more: of the way that an attempt before has gone, nothing counts.
inline void starts_again(RequestRecord& record) {
  record.reached = record.arrived = record.began = record.answered = {};
  record.between_hops = {};
}

/// Waited in the browser, apart from the set-up of its own connection, until granted or `now`.
inline Duration stalled(const RequestRecord& record, Time now) {
  return record.granted.value_or(now) - record.created - record.connecting;
}

/// Waited at the hops before the app, until arrived, answered by one of them or `now`.
inline Duration proxy_queue(const RequestRecord& record, Time now) {
  if (!record.reached) return {};
  const Time left = record.arrived.value_or(record.answered.value_or(now));
  return left - *record.reached - record.between_hops;
}

/// Waited at the app for a worker, until one began, it was answered without or `now`.
inline Duration worker_queue(const RequestRecord& record, Time now) {
  if (!record.arrived) return {};
  return record.began.value_or(record.answered.value_or(now)) - *record.arrived;
}

/// At a worker, until answered or `now`.
inline Duration service(const RequestRecord& record, Time now) {
  if (!record.began) return {};
  return record.answered.value_or(now) - *record.began;
}

}  // namespace sixslots::models
