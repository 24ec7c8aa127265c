#include "models/event_source.hpp"

#include <algorithm>

#include "sim/timeout.hpp"

namespace sixslots::models {

namespace {

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

}  // namespace

sim::Task<> construct_event_source(Browser& browser) {
  co_await browser.simulation().delay(Duration::zero());
  co_await browser.work_on_call();
}

sim::Task<EventStream> open_event_stream(Browser& browser, PoolGroup& group, EventSourceSpec spec,
                                         Duration& retry, bool back) {
  Observer& observer = browser.observer();
  EventStream stream(RecordRef(observer, open_record(browser, spec)), spec.reconnect);
  RequestRecord& record = *stream.record_;
  Response response;
  co_await send(browser, group, spec.request, record, response);
  if (response.network_error()) {
    stream.record_.close(Outcome::failed);
    if (!spec.reconnect) stream.state_ = EventStream::State::closed;
    co_return stream;
  }
  if (!response.ok()) {
    co_await read_body(browser, group, response, record);
    stream.record_.close(Outcome::done);
    observer.stream_given_up();
    stream.state_ = EventStream::State::closed;
    co_return stream;
  }
  observer.stream_opened();
  if (back) observer.stream_is_back();
  const Answer& answer = spec.request.answer;
  if (answer.retry) retry = std::max(*answer.retry, browser.profile().event_source.retry_floor);
  stream.state_ = EventStream::State::open;
  stream.ends_ = end_of_body(group, spec, browser.simulation().now());
  stream.silence_ = longest_silence(group, spec);
  stream.ends_by_reset_ = answer.ends_by_reset;
  stream.exchange_ = std::move(response.exchange);
  stream.held_ = std::move(response.reply.held);
  stream.record_.stays_open();
  co_await browser.work_on_answer();
  co_return stream;
}

sim::Task<> EventStream::end_in_time(Browser& browser, Origin& origin, const Channel* channel) {
  sim::Simulation& simulation = browser.simulation();
  const Time opened = simulation.now();
  for (;;) {
    const Time heard = channel != nullptr ? channel->heard() : opened;
    const Time cut = silence_ > Duration::zero() ? heard + silence_ : Time::max();
    const Time end = std::min(ends_, cut);
    if (simulation.now() >= end) break;
    sim::Task<> server_down = origin.goes_down.task();
    const bool down = co_await sim::within(end - simulation.now(), server_down);
    if (!down) continue;
    co_await simulation.delay(browser.way_back());
    co_return;
  }
  ended_ = simulation.now() >= ends_;
}

void EventStream::close() {
  if (ended_ && !ends_by_reset_) {
    for (HopLease& lease : held_) lease.finish();
    exchange_.finish();
  }
  held_.clear();
  exchange_.abandon();
  record_.close(Outcome::done);
  state_ = reconnect_ ? State::lost : State::closed;
}

}  // namespace sixslots::models
