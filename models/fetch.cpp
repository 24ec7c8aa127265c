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

// The first packet of an answer brings its head, unless it is lost or one before it is.
sim::Task<> head_arrives(Browser& browser, Response& response) {
  const Lane in = response.exchange.inward(browser.down);
  Losses losses(browser.network().loss, response.packets, Losses::Way::back);
  const Time now = browser.simulation().now();
  const Time readable = in.arrival(losses, in.packets(response.reply.size) - 1, now);
  if (readable > now) co_await browser.simulation().until(readable);
}

// What a packet that is sent now takes longer than usual because of an outage.
Duration held_up(const Browser& browser, const Origin& origin) {
  if (!origin.is_silent(browser.simulation().now())) return {};
  const Duration margin = transport_rules(origin.protocol).timeout_margin;
  return origin.held_up(browser.simulation().now(), browser.network().rtt + margin);
}

Duration way_out(const Browser& browser, const Origin& origin) {
  return browser.way_out() + held_up(browser, origin);
}

Duration way_back(const Browser& browser, const Origin& origin) {
  return browser.way_back() + held_up(browser, origin);
}

void note_granted(RequestRecord& record, const Connection& connection, bool reused, Time now) {
  if (!record.granted) {
    record.granted = now;
    const bool waited_for_it = connection.connected_at == now;
    if (waited_for_it) record.connecting = std::min(connection.set_up, now - record.created);
  }
  record.connection = connection.id;
  record.reused = reused;
  ++record.attempts;
}

/// What becomes of a request that has got a connection or stream.
enum class Attempt : std::uint8_t {
  answered,
  refused,  ///< above the session's limit: it is sent again
  dropped,  ///< the connection was closed without an answer
};

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

// To the app and back. Apart from send(), whose frame is all that a request needs while it waits,
// perhaps with a million others.
sim::Task<Attempt> attempt(Request request, Response& response) {
  auto& [browser, origin, spec, record] = request;
  sim::Simulation& simulation = browser.simulation();
  const bool reused = response.exchange.reused();
  note_granted(record, response.exchange.connection(), reused, simulation.now());
  co_await browser.wake_up();
  response.packets = {spec.packets.ticket, spec.packets.attempt + record.attempts};
  const Lane out = response.exchange.outward(browser.up);
  if (out.sends_at_once(spec.size, simulation.now())) {
    co_await browser.up.transfer(spec.size);
  } else {
    const Losses losses(browser.network().loss, response.packets, Losses::Way::out);
    co_await carry(simulation, out, spec.size, losses);
  }
  browser.observer().bytes_moved(spec.size);
  co_await simulation.delay(way_out(browser, origin));
  if (!response.exchange.reach_server()) {
    co_await simulation.delay(browser.way_back());
    response.exchange.finish();
    co_return Attempt::refused;
  }
  record.reached = simulation.now();
  if (sim::Resource* turns = response.exchange.turns()) {
    HopMeter& meter = origin.path->hop(0).meter();
    if (turns->in_use() == turns->capacity()) {
      meter.wait_for_execution(turns->queue_length() + 1);
    }
    sim::Lease turn = co_await turns->acquire();
    meter.executing(turns->in_use());
    response.exchange.hold(std::move(turn));
  }
  Path& path = *origin.path;
  if (!origin.may_reset && path.serves_at_once(spec)) {
    const Passage passage{simulation, spec, record};
    const Time answers = path.begin(passage);
    if (answers > simulation.now()) co_await simulation.until(answers);
    path.answer(passage, response.reply);
  } else {
    co_await serve(request, response.exchange, response.reply);
  }
  if (spec.is_written_at_once(response.reply.size)) response.exchange.written();
  co_await simulation.delay(way_back(browser, origin));
  if (response.reply.dropped) {
    response.reply = Reply();  // the hops hold nothing for it any more
    response.exchange.abandon();
    co_return Attempt::dropped;
  }
  if (browser.network().lossy()) co_await head_arrives(browser, response);
  co_await browser.wake_up();
  response.status = response.reply.status;
  response.size = response.reply.size;
  record.status = response.status;
  record.opened = simulation.now();
  co_return Attempt::answered;
}

// Apart, so that what it is made of takes no room in the frame of one who waits.
sim::Task<Attempt> next_attempt(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                                RequestRecord& record, Response& response) {
  return attempt({browser, group.origin(), spec, record}, response);
}

sim::Task<> wait_for_entry(Browser& browser, std::uint64_t url, Response& response) {
  CacheLock::Hold lock = co_await browser.cache().acquire(url);
  response.lock = std::move(lock);
}

sim::Task<> enter_cache(Browser& browser, const RequestSpec& spec, Response& response) {
  if (spec.cache == CacheUse::bypass) return {};
  return wait_for_entry(browser, spec.url, response);
}

// The next one may ask for a connection while the answer's body still keeps this one.
sim::Task<> leave_cache(Browser& browser, const RequestSpec& spec, Response& response) {
  const bool next_goes_on = response.lock.release(spec.answer.storable);
  return next_goes_on ? browser.pause(Duration::zero()) : sim::Task<>();
}

}  // namespace

sim::Task<> send(Browser& browser, PoolGroup& group, const RequestSpec& spec, RequestRecord& record,
                 Response& response) {
  co_await browser.work_on_request();
  co_await enter_cache(browser, spec, response);
  for (int retries = 0;;) {
    co_await group.acquire(spec.kind, spec.urgent, response.exchange);
    if (!response.exchange) co_return;  // refused
    const bool reused = response.exchange.reused();
    const Attempt outcome = co_await next_attempt(browser, group, spec, record, response);
    if (outcome == Attempt::answered) co_return;
    if (outcome == Attempt::refused) continue;
    if (retries++ >= immediate_retries(browser, spec.kind, reused)) co_return;
  }
}

sim::Task<bool> read_body(Browser& browser, PoolGroup& group, Response& response,
                          RequestRecord& record) {
  const Lane in = response.exchange.inward(browser.down);
  const Duration held = held_up(browser, group.origin());
  if (held > Duration::zero()) co_await browser.simulation().delay(held);
  if (group.origin().may_reset) {
    Losses losses(browser.network().loss, response.packets, Losses::Way::back);
    losses.skip_first();
    sim::Task<> transfer = carry(browser.simulation(), in, response.size, losses);
    const bool complete = co_await sim::unless(group.origin().resets, transfer);
    if (!complete) {
      co_await browser.simulation().delay(browser.way_back());
      response.exchange.abandon();
      co_return false;
    }
  } else if (in.sends_at_once(response.size, browser.simulation().now())) {
    co_await browser.down.transfer(response.size);
  } else {
    Losses losses(browser.network().loss, response.packets, Losses::Way::back);
    losses.skip_first();
    co_await carry(browser.simulation(), in, response.size, losses);
  }
  browser.observer().bytes_moved(response.size);
  record.finished = browser.simulation().now();
  response.reply.finish();
  response.exchange.finish();
  co_return true;
}

sim::Task<int> fetch(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                     RecordRef record) {
  Response response;
  co_await send(browser, group, spec, *record, response);
  if (response.network_error()) {
    record.close(Outcome::failed);
    co_return 0;
  }
  co_await leave_cache(browser, spec, response);
  const bool complete = co_await read_body(browser, group, response, *record);
  record.close(complete ? Outcome::done : Outcome::failed);
  co_await browser.work_on_answer();
  co_return complete ? response.status : 0;
}

}  // namespace sixslots::models
