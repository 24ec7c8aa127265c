#include "models/pool_group.hpp"

#include <algorithm>

#include "models/connection_pool.hpp"

namespace sixslots::models {

PoolGroup::PoolGroup(ConnectionPool& pool, Origin& origin, std::uint32_t top_level_site)
    : pool_(pool), origin_(origin), site_(top_level_site) {}

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

void PoolGroup::grant_what_is_free() {
  while (waiting_ > 0 && may_grant()) {
    Acquire* request = first_waiting();
    if (!grant(*request)) break;
    request->served();
  }
}

void PoolGroup::serve_queue() {
  if (pool_.cancelling_) return;
  grant_what_is_free();
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

void PoolGroup::tell_levels() {
  pool_.observer().slots_in_use(has_session() ? session_->open_streams() : active_);
  note_shortage();
  const sim::Resource* turns = has_session() ? session_->executing() : nullptr;
  if (turns == nullptr) return;
  HopMeter& server = origin_.path->hop(0).meter();
  server.executing(turns->in_use());
  server.wait_for_execution(turns->queue_length());
}

bool PoolGroup::grant(Acquire& request) {
  if (!may_grant()) return false;
  if (has_session()) {
    session_->open_stream();
    tell_of_idle();
    pool_.observer().slots_in_use(session_->open_streams());
    request.exchange_.begin(*this, *session_);
    ++session_->connection().requests;
    return true;
  }
  std::unique_ptr<Connection> connection = take_idle(request);
  if (connection == nullptr) return false;
  ++active_;
  pool_.observer().slots_in_use(active_);
  request.exchange_.begin(*this, std::move(connection));
  return true;
}

// A connection opened for an urgent request is kept for urgent ones while the ordinary limit is
// used up (Firefox ConnectionEntry.cpp). A WebSocket starts on a fresh connection (measured).
bool PoolGroup::may_use(const Acquire& request, const Connection& connection) const {
  if (request.kind_ == RequestKind::web_socket && connection.requests > 0) return false;
  return !connection.urgent || request.urgent_ || active_ < pool_.profile().connections_per_origin;
}

// The one used last, else the oldest unused one.
std::unique_ptr<Connection> PoolGroup::take_idle(const Acquire& request) {
  auto before_found = idle_.end();
  for (auto before = idle_.before_begin(); std::next(before) != idle_.end(); ++before) {
    const Connection& connection = *std::next(before)->connection;
    if (!may_use(request, connection)) continue;
    before_found = before;
    if (connection.requests > 0) break;
  }
  return before_found == idle_.end() ? nullptr : remove_idle(before_found);
}

std::unique_ptr<Connection> PoolGroup::remove_idle(IdleList::iterator before) {
  std::unique_ptr<Connection> connection = std::move(std::next(before)->connection);
  idle_.erase_after(before);
  tell_of_idle();
  return connection;
}

int PoolGroup::count_idle() const {
  return static_cast<int>(std::distance(idle_.begin(), idle_.end()));
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
    tell_of_idle();
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

void PoolGroup::release_connection(std::unique_ptr<Connection> connection, bool reusable) {
  --active_;
  if (reusable) {
    ++connection->requests;
    if (hand_over(connection)) return;
    keep_idle(std::move(connection));
  } else {
    closed();
  }
  serve_queue();
  idle_remain();
}

// Who would take it, as the one used last, has it without its becoming idle before. For those
// behind there is then no more than there was.
bool PoolGroup::hand_over(std::unique_ptr<Connection>& connection) {
  if (waiting_ == 0 || pool_.cancelling_) return false;
  Acquire& next = *first_waiting();
  if (!may_use(next, *connection)) return false;
  ++active_;
  next.exchange_.begin(*this, std::move(connection));
  next.served();
  return true;
}

void PoolGroup::release_stream(Http2Session& session, bool at_server) {
  session.close_stream();
  if (at_server) session.server_closes();
  if (session.lost()) session_->forget_ended();
  tell_of_idle();
  serve_queue();
}

void PoolGroup::keep_idle(std::unique_ptr<Connection> connection) {
  idle_.push_front({std::move(connection), pool_.simulation().now()});
  tell_of_idle();
}

void PoolGroup::tell_of_idle(IdleClients& clients) {
  if (has_idle() == told_of_idle_) return;
  told_of_idle_ = !told_of_idle_;
  if (told_of_idle_) {
    among_idle_ = clients.enter(*this);
  } else {
    clients.leave(among_idle_);
  }
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
  tell_of_idle();
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
  tell_of_idle();
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

void PoolGroup::server_closes_an_idle_connection() {
  if (close_an_idle_connection()) return;
  session_->lose();
  tell_of_idle();
  closed();
}

void PoolGroup::detach(Exchange& exchange) {
  exchange.group_ = nullptr;
  exchange.connection_.reset();
  --active_;
  pool_.return_connection();
  serve_queue();
}

}  // namespace sixslots::models
