#include "models/event_source.hpp"

#include <algorithm>

#include "sim/timeout.hpp"

namespace sixslots::models {

namespace {

/// How one connection of an event stream ended.
enum class StreamEnd : std::uint8_t { lost, fatal };

RequestRecord& open_record(Browser& browser, const EventSourceSpec& spec) {
  RequestRecord& record = browser.open_record(row_traffic, RequestKind::event_source);
  record.row = spec.row;
  record.tab = spec.tab;
  record.name = spec.name;
  return record;
}

// When the server ends the body by itself, or a hop has had enough of it; Time::max(): never.
Time end_of_body(PoolGroup& group, const EventSourceSpec& spec, Time now) {
  const Duration by_server = spec.request.answer.ends_after;
  const Duration by_hop = group.origin().path->response_timeout();
  Time ends = Time::max();
  if (by_server > Duration::zero()) ends = std::min(ends, now + by_server);
  if (by_hop > Duration::zero()) ends = std::min(ends, now + by_hop);
  return ends;
}

// A hop cuts the body when it has heard nothing for so long; 0: none does, or comments keep it.
Duration longest_silence(PoolGroup& group, const EventSourceSpec& spec) {
  const Duration limit = group.origin().path->read_timeout();
  const bool kept = spec.heartbeat > Duration::zero() && spec.heartbeat < limit;
  return kept ? Duration::zero() : limit;
}

// The body: events arrive until the server ends it, or for as long as the process lives. False: the
// server went down.
sim::Task<bool> read_events(Browser& browser, PoolGroup& group, const EventSourceSpec& spec,
                            Feed* feed, const std::vector<Display*>& displays, Response& response) {
  std::optional<Channel> channel;
  if (feed != nullptr && spec.rows.count > 0) {
    channel.emplace(*feed, spec.rows, displays, browser, spec.tab,
                    response.exchange.inward(browser.down), spec.event_size);
  }
  const Time ends = end_of_body(group, spec, browser.simulation().now());
  const Duration silence = longest_silence(group, spec);
  for (;;) {
    const Time now = browser.simulation().now();
    const Time heard = channel ? channel->heard() : now;
    const Time cut = silence > Duration::zero() ? heard + silence : Time::max();
    if (now >= std::min(ends, cut)) co_return now >= ends;
    if (std::min(ends, cut) == Time::max()) {
      co_await group.origin().goes_down.wait();
    } else {
      sim::Task<> server_down = group.origin().goes_down.task();
      const bool down = co_await sim::within(std::min(ends, cut) - now, server_down);
      if (!down) continue;
    }
    co_await browser.simulation().delay(browser.way_back());
    co_return false;
  }
}

// One connection, from the request to the end of its body. A `retry:` field goes to `retry`.
sim::Task<StreamEnd> connect_and_read(Browser& browser, PoolGroup& group, EventSourceSpec& spec,
                                      Feed* feed, const std::vector<Display*>& displays,
                                      Duration& retry, bool back) {
  RecordRef record(browser.observer(), open_record(browser, spec));
  Response response = co_await send(browser, group, spec.request, *record);
  spec.request.packets.attempt += record->attempts;  // the next connection has other luck
  if (response.network_error()) {
    record.close(Outcome::failed);
    co_return StreamEnd::lost;
  }
  if (!response.ok()) {
    co_await read_body(browser, response, *record);
    record.close(Outcome::done);
    co_return StreamEnd::fatal;
  }
  browser.observer().stream_opened();
  if (back) browser.observer().stream_is_back();
  const Answer& answer = spec.request.answer;
  if (answer.retry) retry = std::max(*answer.retry, browser.profile().event_source.retry_floor);
  const bool ended = co_await read_events(browser, group, spec, feed, displays, response);
  if (ended && !answer.ends_by_reset) {
    response.reply.finish();
    response.exchange.finish();
  }
  record.close(Outcome::done);
  co_return StreamEnd::lost;
}

}  // namespace

sim::Process event_source(Browser& browser, PoolGroup& group, EventSourceSpec spec, Feed* feed,
                          const std::vector<Display*>& displays) {
  sim::Simulation& simulation = browser.simulation();
  Duration retry = browser.profile().event_source.retry;
  // The constructor posts the request to a task of its own: fetch() calls of the same script go
  // first.
  co_await simulation.delay(Duration::zero());
  co_await browser.work_on_call();
  for (bool back = false;; back = true) {
    const StreamEnd end =
        co_await connect_and_read(browser, group, spec, feed, displays, retry, back);
    if (end == StreamEnd::fatal) browser.observer().stream_given_up();
    if (end == StreamEnd::fatal || !spec.reconnect) co_return;
    if (spec.later_answer) spec.request.answer = *spec.later_answer;
    co_await simulation.delay(retry);
    browser.observer().stream_reconnects();
  }
}

}  // namespace sixslots::models
