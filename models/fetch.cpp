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
Losses losses_of(const Browser& browser, const RequestSpec& spec, const RequestRecord& record,
                 Losses::Way way) {
  return {browser.network().loss, spec.packets, way, record.attempts};
}

// The way to the server, packet by packet.
sim::Task<> carry_out(Browser& browser, const RequestSpec& spec, const RequestRecord& record,
                      Exchange& exchange) {
  const Losses losses = losses_of(browser, spec, record, Losses::Way::out);
  return carry(browser.simulation(), exchange.outward(browser.up), spec.size, losses);
}

sim::Task<> wait_until(sim::Simulation& simulation, Time time) { co_await simulation.until(time); }

// The first packet of an answer brings its head, unless it is lost or one before it is.
sim::Task<> head_arrives(Browser& browser, const RequestSpec& spec, const RequestRecord& record,
                         Response& response) {
  if (!browser.network().lossy()) return {};
  Losses losses = losses_of(browser, spec, record, Losses::Way::back);
  const Lane in = response.exchange.inward(browser.down);
  const Time now = browser.simulation().now();
  const Time readable = in.arrival(losses, in.packets(response.reply.size) - 1, now);
  return readable > now ? wait_until(browser.simulation(), readable) : sim::Task<>();
}

// How long a packet takes that is sent now and read `way` later, unless an outage holds it up, or
// one before it.
Duration way_since_outage(const Browser& browser, const Origin& origin, const Lane& lane,
                          Duration way) {
  const Time now = browser.simulation().now();
  return origin.readable(now, now + way, browser.network().rtt, lane.in_order()) - now;
}

// Packets are in order where they leave the link: the way to the server comes behind it.
Duration way_out(Browser& browser, const Origin& origin, Exchange& exchange) {
  if (!origin.was_silent(browser.simulation().now())) return browser.way_out();
  const Lane out = exchange.outward(browser.up);
  return way_since_outage(browser, origin, out, Duration::zero()) + browser.way_out();
}

// ... and the way from the server before it.
Duration way_back(Browser& browser, const Origin& origin, Exchange& exchange) {
  if (!origin.was_silent(browser.simulation().now())) return browser.way_back();
  const Lane in = exchange.inward(browser.down);
  return way_since_outage(browser, origin, in, browser.way_back());
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
  ++record.attempts;
}

struct Request {
  Browser& browser;
  Origin& origin;
  const RequestSpec& spec;
  RequestRecord& record;
};

// The path's reply, unless the server is restarted before: a connection that a restart has closed
// brings none.
sim::Task<> serve_unless_reset(Request request, const Exchange& exchange, Reply& reply) {
  auto& [browser, origin, spec, record] = request;
  if (exchange.connection().incarnation == origin.incarnation) {
    sim::Task<> serving = origin.path->serve(browser.simulation(), spec, record, reply);
    const bool served = co_await sim::unless(origin.resets, serving);
    if (served) co_return;
  }
  reply = Reply();
  reply.dropped = true;
}

sim::Task<> serve(const Request& request, const Exchange& exchange, Reply& reply) {
  const auto& [browser, origin, spec, record] = request;
  if (origin.may_reset) return serve_unless_reset(request, exchange, reply);
  return origin.path->serve(browser.simulation(), spec, record, reply);
}

// Whether only the link's rate counts for the request, which the connection's window takes.
bool goes_at_once(Browser& browser, Response& response, Bytes size) {
  if (browser.network().only_rate_counts()) return true;
  return response.exchange.outward(browser.up).sends_at_once(size, browser.simulation().now());
}

// The same for the body, unless something may come between.
bool comes_at_once(Browser& browser, const Origin& origin, Response& response) {
  const Time now = browser.simulation().now();
  if (origin.may_reset || origin.was_silent(now)) return false;
  if (browser.network().only_rate_counts()) return true;
  return response.exchange.inward(browser.down).sends_at_once(response.reply.size, now);
}

void body_is_read(Browser& browser, Response& response, RequestRecord& record) {
  browser.observer().bytes_moved(response.reply.size);
  record.finished = browser.simulation().now();
  response.outcome = Response::Outcome::complete;
  response.reply.finish();
  response.exchange.finish();
}

// When an outage is over, packet by packet, unless the server is restarted before.
sim::Task<> body_comes(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                       Response& response, RequestRecord& record) {
  Origin& origin = group.origin();
  const Lane in = response.exchange.inward(browser.down);
  if (origin.was_silent(browser.simulation().now())) {
    const Duration held = way_since_outage(browser, origin, in, Duration::zero());
    if (held > Duration::zero()) co_await browser.simulation().delay(held);
  }
  Losses losses = losses_of(browser, spec, record, Losses::Way::back);
  losses.skip_first();
  sim::Task<> transfer = carry(browser.simulation(), in, response.reply.size, losses);
  const bool complete = co_await sim::unless(origin.resets, transfer);
  if (complete) {
    body_is_read(browser, response, record);
    co_return;
  }
  co_await browser.simulation().delay(browser.way_back());
  response.exchange.abandon();
}

sim::Task<> body_comes_at_once(Browser& browser, Response& response, RequestRecord& record) {
  co_await browser.down.transfer(response.reply.size);
  body_is_read(browser, response, record);
}

// The next one may ask for a connection while the answer's body still keeps this one.
sim::Task<> leave_cache(Browser& browser, const RequestSpec& spec, Response& response) {
  const bool next_goes_on = response.lock.release(spec.answer.storable);
  return next_goes_on ? browser.pause(Duration::zero()) : sim::Task<>();
}

// The stream waits for its turn at a server that works on a few at a time.
sim::Task<> take_turn(Origin& origin, sim::Resource& turns, Exchange& exchange) {
  HopMeter& meter = origin.path->hop(0).meter();
  if (turns.in_use() == turns.capacity()) meter.wait_for_execution(turns.queue_length() + 1);
  sim::Lease turn = co_await turns.acquire();
  meter.executing(turns.in_use());
  exchange.hold(std::move(turn));
}

sim::Task<> wait_for_turn(Origin& origin, Exchange& exchange) {
  sim::Resource* turns = exchange.turns();
  return turns == nullptr ? sim::Task<>() : take_turn(origin, *turns, exchange);
}

// To the app and back. Apart from those who await it, whose frames are all that a request needs
// while it waits, perhaps with a million others. What few requests need is a task of its own.
sim::Task<> attempt(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                    RequestRecord& record, Response& response, Wanted wanted) {
  if (!response.exchange) co_return;
  Origin& origin = group.origin();
  sim::Simulation& simulation = browser.simulation();
  note_granted(record, response.exchange, simulation.now());
  co_await browser.wake_up();
  if (goes_at_once(browser, response, spec.size)) {
    co_await browser.up.transfer(spec.size);
  } else {
    co_await carry_out(browser, spec, record, response.exchange);
  }
  browser.observer().bytes_moved(spec.size);
  co_await simulation.delay(way_out(browser, origin, response.exchange));
  if (!response.exchange.reach_server()) {
    co_await browser.way_comes_back();
    response.exchange.finish();
    response.outcome = Response::Outcome::refused;
    co_return;
  }
  record.reached = simulation.now();
  co_await wait_for_turn(origin, response.exchange);
  Path& path = *origin.path;
  if (!origin.may_reset && path.serves_at_once(spec)) {
    const Passage passage{simulation, spec, record};
    const Time answers = path.begin(passage);
    if (answers > simulation.now()) co_await simulation.until(answers);
    path.answer(passage, response.reply);
  } else {
    co_await serve({browser, origin, spec, record}, response.exchange, response.reply);
  }
  if (spec.is_written_at_once(response.reply.size)) response.exchange.written();
  co_await simulation.delay(way_back(browser, origin, response.exchange));
  if (response.reply.dropped) {
    response.reply = Reply();  // the hops hold nothing for it any more
    response.exchange.abandon();
    response.outcome = Response::Outcome::dropped;
    co_return;
  }
  co_await head_arrives(browser, spec, record, response);
  co_await browser.wake_up();
  response.outcome = Response::Outcome::answered;
  record.status = response.reply.status;
  record.opened = simulation.now();
  if (wanted == Wanted::head) co_return;
  co_await leave_cache(browser, spec, response);
  if (comes_at_once(browser, origin, response)) {
    co_await browser.down.transfer(response.reply.size);
    body_is_read(browser, response, record);
  } else {
    co_await body_comes(browser, group, spec, response, record);
  }
}

// One that came back without an answer is sent again: when the server has not accepted it always,
// when the connection was closed as often as the browser does so.
bool is_sent_again(const Browser& browser, const RequestSpec& spec, const RequestRecord& record,
                   Response& response) {
  const bool dropped = response.outcome == Response::Outcome::dropped;
  if (!dropped && response.outcome != Response::Outcome::refused) return false;
  if (dropped && response.retries++ >= immediate_retries(browser, spec.kind, record.reused)) {
    return false;
  }
  response.outcome = Response::Outcome::nothing;
  return true;
}

sim::Task<> wait_for_entry(Browser& browser, const RequestSpec& spec, Response& response) {
  co_await browser.work_on_request();
  CacheLock::Hold lock = co_await browser.cache().acquire(spec.url);
  response.lock = std::move(lock);
}

// Before it asks for a connection.
sim::Task<> prepare(Browser& browser, const RequestSpec& spec, Response& response) {
  if (spec.cache == CacheUse::bypass) return browser.work_on_request();
  return wait_for_entry(browser, spec, response);
}

}  // namespace

sim::Task<> send(Browser& browser, PoolGroup& group, const RequestSpec& spec, RequestRecord& record,
                 Response& response, Wanted wanted) {
  co_await prepare(browser, spec, response);
  do {
    co_await group.acquire(spec.kind, spec.urgent, response.exchange);
    co_await attempt(browser, group, spec, record, response, wanted);
  } while (is_sent_again(browser, spec, record, response));
}

sim::Task<> read_body(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                      Response& response, RequestRecord& record) {
  if (!comes_at_once(browser, group.origin(), response)) {
    return body_comes(browser, group, spec, response, record);
  }
  return body_comes_at_once(browser, response, record);
}

// As send() does it, without a frame for each.
sim::Task<int> fetch(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                     RecordRef record) {
  Response response;
  co_await prepare(browser, spec, response);
  do {
    co_await group.acquire(spec.kind, spec.urgent, response.exchange);
    co_await attempt(browser, group, spec, *record, response, Wanted::whole);
  } while (is_sent_again(browser, spec, *record, response));
  if (!response.answered()) {
    record.close(Outcome::failed);
    co_return 0;
  }
  record.close(response.complete() ? Outcome::done : Outcome::failed);
  co_await browser.work_on_answer();
  co_return response.complete() ? response.reply.status : 0;
}

}  // namespace sixslots::models
