#include "models/pool_group.hpp"

#include <algorithm>
#include <cassert>

namespace sixslots::models {

bool Exchange::reach_server() {
  at_server_ = session_ == nullptr || session_->server_accepts();
  return at_server_;
}

void Exchange::take(Exchange& other) {
  group_ = std::exchange(other.group_, nullptr);
  session_ = other.session_;
  connection_ = std::move(other.connection_);
  reused_ = other.reused_;
  at_server_ = std::exchange(other.at_server_, false);
  order_ = std::move(other.order_);
  executing_ = std::move(other.executing_);
}

// Over HTTP/3 a stream waits for packets of its own alone.
Lane Exchange::outward(Link& up) {
  const Protocol protocol = group_->origin().protocol;
  TransportLane& out = connection().transport.out;
  Time& in_order = protocol == Protocol::http3 ? order_.make().out : out.in_order;
  return {group_->pool_.network(), up, out, in_order, transport_rules(protocol)};
}

Lane Exchange::inward(Link& down) {
  const Protocol protocol = group_->origin().protocol;
  TransportLane& back = connection().transport.back;
  Time& in_order = protocol == Protocol::http3 ? order_.make().back : back.in_order;
  return {group_->pool_.network(), down, back, in_order, transport_rules(protocol)};
}

void Exchange::finish() {
  executing_.release();
  PoolGroup* group = std::exchange(group_, nullptr);
  if (session_ != nullptr) {
    group->release_stream(*session_, at_server_);
  } else {
    group->release_connection(std::move(connection_), true);
  }
}

void Exchange::abandon() {
  executing_.release();
  PoolGroup* group = std::exchange(group_, nullptr);
  if (group == nullptr) return;
  if (session_ != nullptr) {
    group->release_stream(*session_, at_server_);
  } else {
    group->release_connection(std::move(connection_), false);
  }
}

PoolGroup::PoolGroup(ConnectionPool& pool, Origin& origin, std::uint32_t top_level_site)
    : pool_(pool), origin_(origin), site_(top_level_site) {}

PoolGroup::Acquire::Acquire(PoolGroup& group, RequestKind kind, bool urgent, Exchange& exchange)
    : group_(group), kind_(kind), urgent_(urgent), exchange_(exchange) {
  assert(!exchange);
}

void PoolGroup::Acquire::queued() {
  queued_ = true;
  ++group_.waiting_;
  group_.pool_.observer().waiting(1);
  group_.start_connect_jobs();
  group_.note_shortage();
}

// With an exchange, or without one when no connection came about.
void PoolGroup::Acquire::served() {
  --group_.waiting_;
  wake();
}

void PoolGroup::Acquire::await_resume() {
  resumed();
  no_longer_queued();
  taken_ = true;
}

void PoolGroup::Acquire::no_longer_queued() {
  if (!std::exchange(queued_, false)) return;
  group_.pool_.observer().waiting(-1);
  if (!group_.has_waiting()) group_.queues_.drop();
}

PoolGroup::Acquire::~Acquire() {
  if (waiting()) {
    stop_waiting();
    --group_.waiting_;
  }
  no_longer_queued();
  if (!taken_ && exchange_)
    exchange_.finish();  // granted, but the request was given up before it was sent
}

sim::WaitList& PoolGroup::queue_of(const Acquire& request) {
  Queues& queues = queues_.make();
  if (request.urgent_) return queues[urgent_queue];
  const BrowserProfile& profile = pool_.profile();
  const PriorityTable& table =
      multiplexed(origin_.protocol) ? profile.http2_priority : profile.http1_priority;
  return queues[1 + table[index(request.kind_)]];
}

PoolGroup::Acquire* PoolGroup::first_waiting() {
  if (waiting_ == 0) return nullptr;
  for (const sim::WaitList& queue : *queues_) {
    if (!queue.empty()) return static_cast<Acquire*>(queue.front());
  }
  return nullptr;
}

void PoolGroup::serve_queue() {
  if (pool_.cancelling_) return;
  while (Acquire* request = first_waiting()) {
    if (!grant(*request)) break;
    request->served();
  }
  start_connect_jobs();
  note_shortage();
}

// Of those that wait, no connection is under way for these.
void PoolGroup::note_shortage() {
  const auto coming = static_cast<std::size_t>(connecting_);
  if (waiting_ <= coming) return;
  const bool first_contact = multiplexed(origin_.protocol) && !has_session();
  if (!first_contact) pool_.observer().short_of_slots(waiting_ - coming);
}

bool PoolGroup::grant(Acquire& request) {
  if (has_session()) {
    if (!session_->has_free_stream()) return false;
    session_->open_stream();
    pool_.observer().slots_in_use(session_->open_streams());
    request.exchange_ = Exchange(*this, *session_);
    ++session_->connection().requests;
    return true;
  }
  std::unique_ptr<Connection> connection = take_idle(request);
  if (connection == nullptr) return false;
  ++active_;
  pool_.observer().slots_in_use(active_);
  request.exchange_ = Exchange(*this, std::move(connection));
  return true;
}

// The one used last, else the oldest unused one.
std::unique_ptr<Connection> PoolGroup::take_idle(const Acquire& request) {
  // A connection opened for an urgent request is kept for urgent ones while the ordinary limit is
  // used up (Firefox ConnectionEntry.cpp). A WebSocket starts on a fresh connection (measured).
  const bool reserve = !request.urgent_ && active_ >= pool_.profile().connections_per_origin;
  const bool fresh_only = request.kind_ == RequestKind::web_socket;
  auto before_found = idle_.end();
  for (auto before = idle_.before_begin(); std::next(before) != idle_.end(); ++before) {
    const Connection& connection = *std::next(before)->connection;
    const bool used = connection.requests > 0;
    if ((reserve && connection.urgent) || (fresh_only && used)) continue;
    before_found = before;
    if (used) break;
  }
  return before_found == idle_.end() ? nullptr : remove_idle(before_found);
}

std::unique_ptr<Connection> PoolGroup::remove_idle(IdleList::iterator before) {
  std::unique_ptr<Connection> connection = std::move(std::next(before)->connection);
  idle_.erase_after(before);
  return connection;
}

int PoolGroup::count_idle() const {
  return static_cast<int>(std::distance(idle_.begin(), idle_.end()));
}

bool PoolGroup::may_connect(bool urgent) const {
  const BrowserProfile& profile = pool_.profile();
  const int idle = profile.idle_connections_count ? count_idle() : 0;
  const int extra = urgent ? profile.urgent_extra_connections : 0;
  return active_ + connecting_ + idle < profile.connections_per_origin + extra;
}

// For the first request for which none is under way. No second one for more streams.
bool PoolGroup::wants_connection() const {
  if (has_session() || connecting_ >= static_cast<int>(waiting_)) return false;
  return may_connect(next_is_urgent());
}

bool PoolGroup::next_is_urgent() const {
  return connecting_ < static_cast<int>((*queues_)[urgent_queue].size());
}

void PoolGroup::start_connect_jobs() {
  if (pool_.cancelling_) return;
  while (wants_connection() && start_connect_job(next_is_urgent())) {
  }
}

bool PoolGroup::start_connect_job(bool urgent) {
  if (!pool_.reserve_connection()) return false;
  const bool group_was_empty = active_ + connecting_ == 0 && idle_.empty();
  ++connecting_;
  ++tcp_connecting_;
  pool_.processes_.spawn(connect(urgent));
  const Duration backup = pool_.profile().backup_connect;
  if (group_was_empty && !backup_pending_ && backup > Duration::zero()) {
    backup_pending_ = true;
    pool_.processes_.spawn(backup_connect());
  }
  return true;
}

/// A connection that both ends count, and whose set-up is not over; it may end before.
class PoolGroup::HalfOpen {
 public:
  explicit HalfOpen(PoolGroup& group) : group_(group) {}
  HalfOpen(const HalfOpen&) = delete;
  HalfOpen& operator=(const HalfOpen&) = delete;
  ~HalfOpen() {
    if (open_) group_.closed();
  }
  void opens() {
    group_.opened();
    open_ = true;
  }
  void done() { open_ = false; }

 private:
  PoolGroup& group_;
  bool open_ = false;
};

sim::Process PoolGroup::connect(bool urgent) {
  sim::Simulation& simulation = pool_.simulation();
  auto connection = std::make_unique<Connection>();
  connection->urgent = urgent;
  const Time began = simulation.now();
  const ConnectionPool::HandshakeLosses losses = pool_.next_handshake_losses(origin_);
  co_await look_up_name();
  const Duration held_up = origin_.held_up(simulation.now(), timeout_of_handshakes());
  co_await simulation.delay(losses.transport + held_up + pool_.rtt() / 2);
  const bool refused = origin_.refuses(simulation.now());
  HalfOpen half_open(*this);
  if (!refused) {
    connection->id = pool_.next_connection_id();
    connection->incarnation = origin_.incarnation;
    ++origin_.accepted;
    half_open.opens();
  }
  co_await simulation.delay(pool_.rtt() - pool_.rtt() / 2);
  --tcp_connecting_;
  if (refused) {
    connect_failed();
    co_return;
  }
  const Duration tls = set_up_tls() + losses.tls;
  if (tls > Duration::zero()) co_await simulation.delay(tls);
  connection->connected_at = simulation.now();
  connection->set_up = connection->connected_at - began;
  half_open.done();
  connected(std::move(connection));
}

Duration PoolGroup::timeout_of_handshakes() const {
  return transport_rules(origin_.protocol).handshake_timeout;
}

Duration PoolGroup::set_up_tls() const {
  const Duration round_trips = origin_.set_up_tls;
  if (round_trips == Duration::zero()) return {};
  return round_trips + pool_.profile().processor_time.secure;
}

sim::Task<> PoolGroup::look_up_name() {
  sim::Simulation& simulation = pool_.simulation();
  if (name_known_ == Time::max()) name_known_ = simulation.now() + pool_.network().dns;
  if (simulation.now() < name_known_) co_await simulation.until(name_known_);
}

// One backup job for a group whose first connection is slow: a lost SYN would cost a second.
sim::Process PoolGroup::backup_connect() {
  co_await look_up_name();  // the timer waits for it as well
  while (tcp_connecting_ > 0 && has_waiting()) {
    co_await pool_.simulation().delay(pool_.profile().backup_connect);
    if (tcp_connecting_ == 0 || !has_waiting()) break;
    if (may_connect(false) && start_connect_job(false)) break;
  }
  backup_pending_ = false;
}

void PoolGroup::connected(std::unique_ptr<Connection> connection) {
  --connecting_;
  if (!multiplexed(origin_.protocol)) {
    keep_idle(std::move(connection));
  } else if (!has_session()) {
    auto session = std::make_unique<Http2Session>(*connection, pool_.profile(),
                                                  origin_.stream_limit, origin_.executing_streams);
    session->keep(std::move(session_));
    session_ = std::move(session);
    pool_.processes_.spawn(settings_arrive());
  } else {  // several were opened before the protocol was known; the first one carries all
    closed();
  }
  serve_queue();
  idle_remain();
}

// The server sends its SETTINGS when the client's last handshake message has reached it.
sim::Process PoolGroup::settings_arrive() {
  co_await pool_.simulation().delay(pool_.rtt());
  session_->settings_arrive();
  serve_queue();
}

void PoolGroup::connect_failed() {
  --connecting_;
  pool_.return_connection();
  if (Acquire* request = first_waiting()) request->served();
  start_connect_jobs();
}

void PoolGroup::release_connection(std::unique_ptr<Connection> connection, bool reusable) {
  --active_;
  if (reusable) {
    ++connection->requests;
    keep_idle(std::move(connection));
  } else {
    closed();
  }
  serve_queue();
  idle_remain();
}

void PoolGroup::release_stream(Http2Session& session, bool at_server) {
  session.close_stream();
  if (at_server) session.server_closes();
  if (session.lost()) session_->forget_ended();
  serve_queue();
}

void PoolGroup::keep_idle(std::unique_ptr<Connection> connection) {
  idle_.push_front({std::move(connection), pool_.simulation().now()});
}

// Called when the queue has been served: most connections are taken again at once. The last one
// that became idle comes first, and may expire before those that are watched already.
void PoolGroup::idle_remain() {
  if (idle_.empty()) return;
  const Time expires = expiry(idle_.front());
  if (expires < reaps_at_) {
    reaps_at_ = expires;
    pool_.processes_.spawn(reap_idle());
  }
  pool_.serve_stalled_groups();
}

Time PoolGroup::expiry(const Idle& idle) const {
  const BrowserProfile& profile = pool_.profile();
  Duration life = profile.idle_timeout_unused;
  if (idle.connection->requests > 0) {
    life = profile.idle_timeout_used;
    if (origin_.keep_alive > Duration::zero()) life = std::min(life, origin_.keep_alive);
  }
  return idle.since + life;
}

sim::Process PoolGroup::reap_idle() {
  while (reaps_at_ < Time::max()) {
    const Time mine = reaps_at_;
    co_await pool_.simulation().until(mine);
    if (reaps_at_ != mine) co_return;  // another one looks, or has looked, before
    reaps_at_ = close_expired();
  }
}

// When the next one expires.
Time PoolGroup::close_expired() {
  const Time now = pool_.simulation().now();
  const auto expired = idle_.remove_if([&](const Idle& idle) { return expiry(idle) <= now; });
  for (std::size_t i = 0; i < expired; ++i) closed();
  Time next = Time::max();
  for (const Idle& idle : idle_) next = std::min(next, expiry(idle));
  return next;
}

void PoolGroup::opened() {
  origin_.path->client_connects();
  pool_.observer().connection_opened();
}

void PoolGroup::closed() {
  origin_.path->client_disconnects();
  pool_.observer().connection_closed();
  pool_.return_connection();
}

PoolGroup::~PoolGroup() { server_went_down(); }

void PoolGroup::server_went_down() {
  auto lost = count_idle();
  idle_.clear();
  if (has_session()) {
    session_->lose();
    ++lost;
  }
  for (; lost > 0; --lost) closed();
}

bool PoolGroup::close_an_idle_connection() {
  if (idle_.empty()) return false;
  auto before_oldest = idle_.before_begin();
  while (std::next(before_oldest, 2) != idle_.end()) ++before_oldest;
  remove_idle(before_oldest);
  closed();
  return true;
}

void PoolGroup::detach(Exchange& exchange) {
  exchange.group_ = nullptr;
  exchange.connection_.reset();
  --active_;
  pool_.return_connection();
  serve_queue();
}

ConnectionPool::ConnectionPool(sim::Simulation& simulation, const BrowserProfile& profile,
                               const NetworkPath& network, const sim::RandomSource& random,
                               Observer& observer)
    : profile_(profile),
      network_(network),
      random_(random),
      observer_(observer),
      limit_(profile.connections_total),
      processes_(simulation) {}

PoolGroup& ConnectionPool::group(Origin& origin, std::uint32_t top_level_site) {
  const std::uint32_t site =
      profile_.partition == PoolPartition::top_level_site ? top_level_site : 0;
  auto last = groups_.before_begin();
  for (PoolGroup& group : groups_) {
    if (&group.origin_ == &origin && group.site_ == site) return group;
    ++last;
  }
  if (origin.connections_per_client > 0) limit_ = std::min(limit_, origin.connections_per_client);
  return *groups_.emplace_after(last, *this, origin, site);
}

void ConnectionPool::server_went_down(const Origin& origin) {
  for (PoolGroup& group : groups_) {
    if (&group.origin_ == &origin) group.server_went_down();
  }
}

void ConnectionPool::cancelled() {
  cancelling_ = false;
  for (PoolGroup& group : groups_) group.serve_queue();
}

ConnectionPool::HandshakeLosses ConnectionPool::next_handshake_losses(const Origin& origin) {
  const std::uint32_t number = handshakes_++;
  if (network_.loss.value <= 0.0) return {};
  const sim::RandomStream tickets = random_.stream("browser/handshakes", sim::Purpose::loss);
  Losses losses(network_.loss, {tickets.bits_at(number), 0}, Losses::Way::handshake);
  const TransportRules& rules = transport_rules(origin.protocol);
  HandshakeLosses added;
  added.transport = handshake_losses(losses, rules.handshake_timeout);
  for (int trip = 0; trip < origin.tls_round_trips; ++trip) {
    added.tls += handshake_losses(losses, network_.rtt + rules.timeout_margin);
  }
  return added;
}

bool ConnectionPool::reserve_connection() {
  if (connections_ >= limit_) {
    const bool others_wait = std::exchange(group_waits_, false);  // the place is for who asks now
    const bool closed = close_an_idle_connection();
    group_waits_ = others_wait || !closed;
    if (!closed) return false;
  }
  ++connections_;
  return true;
}

bool ConnectionPool::close_an_idle_connection() {
  return std::ranges::any_of(groups_,
                             [](PoolGroup& group) { return group.close_an_idle_connection(); });
}

// What is idle in one group makes room for another that waits at the limit of all together
// (Chromium transport_client_socket_pool.cc, CheckForStalledSocketGroups).
void ConnectionPool::serve_stalled_groups() {
  while (group_waits_ && std::ranges::any_of(groups_, &PoolGroup::wants_connection)) {
    if (!close_an_idle_connection()) return;
  }
}

void ConnectionPool::return_connection() {
  --connections_;
  if (!group_waits_) return;
  group_waits_ = false;
  for (PoolGroup& group : groups_) group.start_connect_jobs();
}

}  // namespace sixslots::models
