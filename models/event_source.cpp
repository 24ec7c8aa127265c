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

// When something ends that is so long; Time::max(): never.
Time end_of(Duration length, Time now) {
  return length > Duration::zero() ? now + length : Time::max();
}

}  // namespace

Duration longest_silence(const Path& path, Duration heartbeat) {
  const Duration limit = path.read_timeout();
  const bool kept = heartbeat > Duration::zero() && heartbeat < limit;
  return kept ? Duration::zero() : limit;
}

sim::Task<> construct_event_source(Browser& browser) {
  co_await browser.simulation().delay(Duration::zero());
  co_await browser.work_on_call();
}

sim::Task<EventStream> open_event_stream(Browser& browser, PoolGroup& group, EventSourceSpec spec,
                                         Duration& retry) {
  Observer& observer = browser.observer();
  EventStream stream(RecordRef(observer, open_record(browser, spec)), spec.reconnect);
  RequestRecord& record = *stream.record_;
  Exchange exchange;
  Sending sending{browser, group, spec.request, record, exchange};
  Response& response = sending.response;
  co_await sending.send(Wanted::head);
  if (!response.answered()) {
    stream.record_.close(Outcome::failed);
    if (!spec.reconnect) stream.state_ = EventStream::State::closed;
    co_return stream;
  }
  if (!response.ok()) {
    co_await sending.read_body();
    stream.record_.close(Outcome::done);
    observer.stream_given_up();
    stream.state_ = EventStream::State::closed;
    co_return stream;
  }
  observer.stream_opened();
  const Answer& answer = spec.request.answer;
  if (answer.retry) retry = std::max(*answer.retry, browser.profile().event_source.retry_floor);
  stream.state_ = EventStream::State::open;
  const Time now = browser.simulation().now();
  const Time by_hop = end_of(group.origin().path->response_timeout(), now);
  stream.ends_ = std::min(end_of(answer.ends_after, now), by_hop);
  stream.cut_by_hop_ = by_hop < Time::max() && stream.ends_ == by_hop;
  stream.silence_ = longest_silence(*group.origin().path, spec.heartbeat);
  stream.ends_by_reset_ = answer.ends_by_reset || stream.cut_by_hop_;
  stream.cuts_ = group.origin().cuts;
  stream.exchange_ = std::move(exchange);
  stream.held_ = std::move(response.reply.held);
  stream.record_.stays_open();
  co_await browser.work_on_answer();
  co_return stream;
}

sim::Task<> EventStream::end_in_time(Browser& browser, Origin& origin,
                                     const std::optional<Channel>& channel) {
  sim::Simulation& simulation = browser.simulation();
  const Time opened = simulation.now();
  for (;;) {
    const Time heard = channel ? channel->heard() : opened;
    const Time cut = silence_ > Duration::zero() ? heard + silence_ : Time::max();
    const Time end = std::min(ends_, cut);
    if (simulation.now() >= end) break;
    sim::Task<> server_down = origin.goes_down.task();
    const bool down = co_await sim::within(end - simulation.now(), server_down);
    if (!down || goes_on(origin)) continue;
    co_await simulation.delay(browser.way_back());
    co_return;
  }
  ended_ = simulation.now() >= ends_;
  if (!ended_) origin.path->cuts(&HopSpec::read_timeout);
  if (ended_ && cut_by_hop_) origin.path->cuts(&HopSpec::response_timeout);
}

void EventStream::close(Browser& browser, const Origin& origin) {
  cut_ = !goes_on(origin);
  if (ended_ && !ends_by_reset_) {
    for (HopLease& lease : held_) lease.finish();
    exchange_.finish();
  }
  if (origin.lingers > Duration::zero() && origin.cuts != cuts_) {
    browser.pool.spawn(keep_for(browser.simulation(), std::move(held_), origin.lingers));
  }
  held_.clear();
  exchange_.abandon();
  record_.close(Outcome::done);
  state_ = reconnect_ ? State::lost : State::closed;
}

}  // namespace sixslots::models
