#include "models/fetch.hpp"

#include <algorithm>

#include "sim/unless.hpp"

namespace sixslots::models {

namespace {

// Immediate retries of a request whose connection was closed without an answer.
int immediate_retries(const Browser& browser, RequestKind kind, bool reused) {
  const EventSourcePolicy& policy = browser.profile().event_source;
  if (kind != RequestKind::event_source) return reused ? 1 : 0;
  return reused ? policy.immediate_retries_reused : policy.immediate_retries_fresh;
}

// What decides about the packets of the request as it was sent last, and of its answer.
Losses losses_of(const Sending& sending, Losses::Way way) {
  return {sending.browser.network().loss, sending.spec.packets, way, sending.record.attempts};
}

Lane outward(Sending& sending) { return sending.exchange.outward(sending.browser.up); }
Lane inward(Sending& sending) { return sending.exchange.inward(sending.browser.down); }

// How long a packet takes that is sent now and read `way` later, unless an outage holds it up, or
// one before it.
Duration way_in_outage(const Sending& sending, const Lane& lane, Duration way) {
  const Time now = sending.browser.simulation().now();
  const Duration rtt = sending.browser.network().rtt;
  return sending.group.origin().readable(now, now + way, rtt, lane.in_order()) - now;
}

bool in_outage(const Sending& sending) {
  return sending.group.origin().is_in_outage(sending.browser.simulation().now());
}

// Packets are in order where they leave the link: the way to the server comes behind it.
Duration way_out(Sending& sending) {
  const Duration way = sending.browser.way_out();
  if (!in_outage(sending)) return way;
  return way_in_outage(sending, outward(sending), Duration::zero()) + way;
}

// ... and the way from the server before it.
Duration way_back(Sending& sending) {
  const Duration way = sending.browser.way_back();
  return in_outage(sending) ? way_in_outage(sending, inward(sending), way) : way;
}

void note_granted(RequestRecord& record, const Exchange& exchange, Time now) {
  const Connection& connection = exchange.connection();
  if (!record.granted) {
    record.granted = now;
    const bool waited_for_it = connection.connected_at == now;
    if (waited_for_it) record.connecting = std::min(connection.set_up, now - record.created);
  }
  record.connection = connection.id;
  record.reused = exchange.reused();
  if (record.attempts++ > 0) starts_again(record);
}

bool windows_count(const Sending& sending) { return !sending.browser.network().only_rate_counts(); }

// Whether only the link's rate counts for the request, which the connection's window takes.
bool lane_takes_request(Sending& sending) {
  if (!windows_count(sending)) return true;
  const Time now = sending.browser.simulation().now();
  return outward(sending).takes_at_once(sending.spec.size, now);
}

// The same for the body, unless something may come between.
bool lane_takes_body(Sending& sending) {
  if (sending.group.origin().may_reset || in_outage(sending)) return false;
  if (!windows_count(sending)) return true;
  const Time now = sending.browser.simulation().now();
  return inward(sending).takes_at_once(sending.response.reply.size, now);
}

// The way to the server, packet by packet.
sim::Task<> carry_out(Sending& sending) {
  const Losses losses = losses_of(sending, Losses::Way::out);
  return carry(sending.browser.simulation(), outward(sending), sending.spec.size, losses);
}

// The stream waits for its turn at a server that works on a few at a time.
sim::Task<> take_turn(Origin& origin, sim::Resource& turns, Exchange& exchange) {
  HopMeter& meter = origin.path->hop(0).meter();
  if (turns.in_use() == turns.capacity()) meter.wait_for_execution(turns.queue_length() + 1);
  sim::Lease turn = co_await turns.acquire();
  meter.executing(turns.in_use());
  exchange.hold(std::move(turn));
}

sim::Task<> wait_for_turn(Sending& sending) {
  Exchange& exchange = sending.exchange;
  sim::Resource* turns = exchange.turns();
  return turns == nullptr ? sim::Task<>() : take_turn(sending.group.origin(), *turns, exchange);
}

sim::Task<> serve_at_path(Sending& sending) {
  return sending.group.origin().path->serve(sending.browser.simulation(), sending.spec,
                                            sending.record, sending.response.reply);
}

// The path's reply, unless the server is restarted before: a connection that a restart has closed
// brings none.
sim::Task<> serve_unless_reset(Sending& sending) {
  Origin& origin = sending.group.origin();
  if (sending.exchange.connection().incarnation == origin.incarnation) {
    sim::Task<> serving = serve_at_path(sending);
    const bool served = co_await sim::unless(origin.resets, serving);
    if (served) co_return;
  }
  sending.response.reply = Reply();
  sending.response.reply.dropped = true;
}

sim::Task<> serve(Sending& sending) {
  return sending.group.origin().may_reset ? serve_unless_reset(sending) : serve_at_path(sending);
}

// The first packet of an answer brings its head, unless it is lost or one before it is.
sim::Task<> head_arrives(Sending& sending) {
  if (!sending.browser.network().lossy()) return {};
  Losses losses = losses_of(sending, Losses::Way::back);
  const Lane in = inward(sending);
  const Time now = sending.browser.simulation().now();
  const std::int64_t behind = in.packets(sending.response.reply.size) - 1;
  const Time readable = in.arrival(losses, behind, now);
  return readable > now ? sending.browser.pause(readable - now) : sim::Task<>();
}

// The next one may ask for a connection while the answer's body still keeps this one.
sim::Task<> leave_cache(Sending& sending) {
  const bool next_goes_on = sending.response.lock.release(sending.spec.answer.storable);
  return next_goes_on ? sending.browser.pause(Duration::zero()) : sim::Task<>();
}

void body_is_read(Sending& sending) {
  auto& [browser, group, spec, record, exchange, response] = sending;
  browser.observer().bytes_moved(response.reply.size);
  record.finished = browser.simulation().now();
  response.outcome = Response::Outcome::complete;
  response.reply.finish();
  exchange.finish();
}

// Called at every request: inline, as g++ would not have it by itself.
inline void body_came_at_once(Sending& sending) {
  if (windows_count(sending)) inward(sending).has_sent(sending.browser.simulation().now());
  body_is_read(sending);
}

sim::Task<> body_comes_at_once(Sending& sending) {
  co_await sending.browser.down.transfer(sending.response.reply.size);
  body_came_at_once(sending);
}

// When an outage is over, packet by packet, unless the server is restarted before.
sim::Task<> body_comes(Sending& sending) {
  sim::Simulation& simulation = sending.browser.simulation();
  const Lane in = inward(sending);
  if (in_outage(sending)) {
    const Duration held = way_in_outage(sending, in, Duration::zero());
    if (held > Duration::zero()) co_await simulation.delay(held);
  }
  Losses losses = losses_of(sending, Losses::Way::back);
  losses.skip_first();
  sim::Task<> transfer = carry(simulation, in, sending.response.reply.size, losses);
  const bool complete = co_await sim::unless(sending.group.origin().resets, transfer);
  if (complete) {
    body_is_read(sending);
    co_return;
  }
  co_await simulation.delay(sending.browser.way_back());
  sending.exchange.abandon();
}

sim::Task<> wait_for_entry(Sending& sending) {
  co_await sending.browser.work_on_request();
  CacheLock::Hold lock = co_await sending.browser.cache().acquire(sending.spec.url);
  sending.response.lock = std::move(lock);
}

// Before it asks for a connection.
sim::Task<> prepare(Sending& sending) {
  const bool asks_cache = sending.spec.cache != CacheUse::bypass;
  return asks_cache ? wait_for_entry(sending) : sending.browser.work_on_request();
}

}  // namespace

// What few requests need is a task of its own.
sim::Task<> Sending::attempt(Wanted wanted) {
  if (!exchange) co_return;
  sim::Simulation& simulation = browser.simulation();
  note_granted(record, exchange, simulation.now());
  co_await browser.wake_up();
  if (lane_takes_request(*this)) {
    co_await browser.up.transfer(spec.size);
    if (windows_count(*this)) outward(*this).has_sent(simulation.now());
  } else {
    co_await carry_out(*this);
  }
  browser.observer().bytes_moved(spec.size);
  co_await simulation.delay(way_out(*this));
  if (!exchange.reach_server()) {
    co_await browser.way_comes_back();
    exchange.finish();
    response.outcome = Response::Outcome::refused;
    co_return;
  }
  record.reached = simulation.now();
  co_await wait_for_turn(*this);
  Path& path = *group.origin().path;
  if (!group.origin().may_reset && path.serves_at_once(spec)) {
    const Passage passage{simulation, spec, record};
    const Time answers = path.begin(passage);
    if (answers > simulation.now()) co_await simulation.until(answers);
    path.answer(passage, response.reply);
  } else {
    co_await serve(*this);
  }
  if (spec.is_written_at_once(response.reply.size)) exchange.written();
  co_await simulation.delay(way_back(*this));
  if (response.reply.dropped) {
    response.reply = Reply();  // the hops hold nothing for it any more
    exchange.abandon();
    response.outcome = Response::Outcome::dropped;
    co_return;
  }
  co_await head_arrives(*this);
  co_await browser.wake_up();
  response.outcome = Response::Outcome::answered;
  record.status = response.reply.status;
  record.opened = simulation.now();
  if (wanted == Wanted::head) co_return;
  co_await leave_cache(*this);
  if (lane_takes_body(*this)) {
    co_await browser.down.transfer(response.reply.size);
    body_came_at_once(*this);
  } else {
    co_await body_comes(*this);
  }
}

bool Sending::is_sent_again() {
  const bool dropped = response.outcome == Response::Outcome::dropped;
  if (!dropped && response.outcome != Response::Outcome::refused) return false;
  if (dropped && response.retries++ >= immediate_retries(browser, spec.kind, record.reused)) {
    return false;
  }
  response.outcome = Response::Outcome::nothing;
  return true;
}

sim::Task<> Sending::send(Wanted wanted) {
  co_await prepare(*this);
  do {
    co_await group.acquire(spec.kind, spec.urgent, exchange);
    co_await attempt(wanted);
  } while (is_sent_again());
}

sim::Task<> Sending::read_body() {
  return lane_takes_body(*this) ? body_comes_at_once(*this) : body_comes(*this);
}

sim::Task<int> fetch(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                     RecordRef record) {
  Exchange exchange;
  Sending sending{browser, group, spec, *record, exchange};
  co_await sending.send(Wanted::whole);
  record.close(sending.outcome());
  if (!sending.response.answered()) co_return 0;
  co_await browser.work_on_answer();
  co_return sending.response.complete() ? sending.response.reply.status : 0;
}

}  // namespace sixslots::models
