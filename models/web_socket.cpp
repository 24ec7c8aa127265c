#include "models/web_socket.hpp"

namespace sixslots::models {

namespace {

/// Counts a handshake as pending while it exists.
class Handshake {
 public:
  explicit Handshake(WebSocketPool& pool) : pool_(pool), delay_(pool_.handshake_begins()) {}
  Handshake(const Handshake&) = delete;
  Handshake& operator=(const Handshake&) = delete;
  ~Handshake() { pool_.handshake_ends(succeeded_); }
  [[nodiscard]] Duration delay() const { return delay_; }
  void succeeded() { succeeded_ = true; }

 private:
  WebSocketPool& pool_;
  Duration delay_;
  bool succeeded_ = false;
};

// The lock of a host stays taken for a moment after a handshake.
sim::Process keep_for(sim::Simulation& simulation, sim::Lease lock, Duration time) {
  const sim::Lease held = std::move(lock);
  co_await simulation.delay(time);
}

// A handshake's message is one packet. What its loss adds to the way.
Duration lost_time(const Browser& browser, const RequestSpec& spec, const Lane& lane,
                   Losses::Way way, Time now) {
  if (!browser.network().lossy()) return {};
  Losses losses(browser.network().loss, spec.packets, way);
  return lane.arrival(losses, 0, now) - now;
}

// What an outage adds to the way of a packet that is sent now.
Duration held_up(const Browser& browser, const Origin& origin) {
  const Duration timeout = transport_rules(Protocol::http1).timeout(browser.network().rtt);
  return origin.held_up(browser.simulation().now(), timeout);
}

// The upgrade request on a connection that is ready: to the app and back.
sim::Task<bool> upgrade(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                        RequestRecord& record, WebSocket& socket) {
  sim::Simulation& simulation = browser.simulation();
  if (record.attempts++ > 0) starts_again(record);
  co_await browser.wake_up();
  co_await browser.up.transfer(spec.size);
  const Duration lost_out =
      lost_time(browser, spec, socket.outward(), Losses::Way::out, simulation.now());
  co_await simulation.delay(lost_out + browser.way_out() + held_up(browser, group.origin()));
  record.reached = simulation.now();
  Reply reply;
  co_await group.origin().path->serve(simulation, spec, record, reply);
  const Duration lost_back =
      lost_time(browser, spec, socket.inward(), Losses::Way::back, simulation.now());
  co_await simulation.delay(lost_back + browser.way_back() + held_up(browser, group.origin()));
  co_await browser.work_on_answer();
  browser.observer().bytes_moved(spec.size);
  record.status = reply.status;
  const bool accepted = reply.status == 200 && !reply.dropped;
  if (accepted) {
    record.opened = simulation.now();
    socket.hold(std::move(reply));
  }
  co_return accepted;
}

// A connection of its own: the WebSocket pool does not touch the six.
sim::Task<bool> connect_apart(Browser& browser, PoolGroup& group, RequestRecord& record,
                              WebSocket& socket) {
  sim::Simulation& simulation = browser.simulation();
  Origin& origin = group.origin();
  const Time began = simulation.now();
  const ConnectionPool::HandshakeLosses losses = browser.pool.next_handshake_losses(origin);
  co_await group.look_up_name();
  const Duration silent =
      origin.held_up(simulation.now(), transport_rules(Protocol::http1).handshake_timeout);
  co_await simulation.delay(losses.transport + silent + browser.way_out());
  const bool refused = origin.refuses(simulation.now());
  if (!refused) {
    ++origin.accepted;
    origin.path->client_connects();
    socket.connected();
  }
  co_await simulation.delay(browser.way_back());
  if (refused) co_return false;
  const Duration tls = group.set_up_tls() + losses.tls;
  if (tls > Duration::zero()) co_await simulation.delay(tls);
  record.granted = simulation.now();
  record.connecting = simulation.now() - began;
  record.connection = browser.pool.next_connection_id();
  co_return true;
}

}  // namespace

WebSocket::~WebSocket() {
  if (browser_ == nullptr) return;
  if (connected_) {
    origin_->path->client_disconnects();
    browser_->observer().connection_closed();
  }
  browser_->web_sockets().give_back(*origin_);
}

sim::Task<WebSocket> open_web_socket(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                                     RequestRecord& record) {
  sim::Simulation& simulation = browser.simulation();
  WebSocketPool& pool = browser.web_sockets();
  const WebSocketPolicy& policy = browser.profile().web_socket;
  if (!pool.reserve(group.origin())) co_return WebSocket();
  WebSocket socket(browser, group.origin());
  co_await browser.work_on_request();
  Handshake handshake(pool);
  co_await simulation.delay(handshake.delay());
  sim::Lease lock = co_await pool.handshakes(group.origin()).acquire();
  bool ready = false;
  Exchange slot;
  // Over HTTP/2 a WebSocket opens an HTTP/1.1 connection of its own: extended CONNECT (RFC 8441) is
  // used only when the server offers it.
  if (policy.own_pool || multiplexed(group.origin().protocol)) {
    const bool connected = co_await connect_apart(browser, group, record, socket);
    ready = connected;
  } else {
    co_await group.acquire(spec.kind, spec.urgent, slot);
    ready = static_cast<bool>(slot);
    if (ready) record.granted = simulation.now();
  }
  if (ready) {
    const bool accepted = co_await upgrade(browser, group, spec, record, socket);
    ready = accepted;
  }
  if (ready && slot) {
    group.detach(slot);
    socket.take_over();
  }
  if (policy.handshake_gap > Duration::zero()) {
    browser.pool.spawn(keep_for(simulation, std::move(lock), policy.handshake_gap));
  }
  if (!ready) co_return WebSocket();
  handshake.succeeded();
  co_return socket;
}

}  // namespace sixslots::models
