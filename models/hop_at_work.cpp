#include <algorithm>
#include <limits>

#include "models/path.hpp"
#include "sim/timeout.hpp"

namespace sixslots::models {

namespace {

/// Counts a request as one that waits while it exists; unless it need not wait.
class Queued {
 public:
  Queued(HopMeter& meter, bool waits) : meter_(meter), count_(waits ? 1 : 0) {
    if (count_ > 0) meter_.queued(count_);
  }
  Queued(const Queued&) = delete;
  Queued& operator=(const Queued&) = delete;
  ~Queued() {
    if (count_ > 0) meter_.queued(-count_);
  }

 private:
  HopMeter& meter_;
  int count_;
};

int units_of(const HopSpec& spec, const Hop* behind) {
  if (behind == nullptr) return spec.workers;
  const std::int64_t requests =
      std::int64_t{spec.upstream_connections} * requests_on_a_connection(behind->spec());
  return static_cast<int>(std::min<std::int64_t>(requests, std::numeric_limits<int>::max()));
}

// Of a connection from the hop before it.
Duration set_up_of(const Hop* hop) {
  return hop == nullptr ? Duration::zero() : hop->spec().rtt * (1 + tls_round_trips(hop->spec()));
}

}  // namespace

HopLease& HopLease::operator=(HopLease&& other) noexcept {
  if (this != &other) {
    if (hop_ != nullptr) hop_->leave(false);
    hop_ = std::exchange(other.hop_, nullptr);
    unit_ = std::move(other.unit_);
    worker_ = std::move(other.worker_);
  }
  return *this;
}

HopLease::~HopLease() {
  if (hop_ == nullptr) return;
  hop_->forget(worker_.get());
  hop_->leave(false);
}

bool HopLease::ends_here(bool whole) const {
  return whole || hop_->spec().upstream_held == Held::until_headers;
}

void HopLease::written() {
  if (hop_ != nullptr && hop_->is_app_) finish();
}

void HopLease::finish() {
  if (hop_ != nullptr) {
    hop_->forget(worker_.get());
    std::exchange(hop_, nullptr)->leave(true);
  }
  unit_.release();
}

bool is_lost(const HopLeases& held) {
  return std::ranges::any_of(
      held, [](const HopLease& lease) { return lease.loss() != nullptr && lease.loss()->fired(); });
}

sim::Process keep_for(sim::Simulation& simulation, HopLeases held, Duration time) {
  const HopLeases kept = std::move(held);
  co_await simulation.delay(time);
}

HopLease* Reply::held_at(const Hop& hop) {
  const auto found = std::ranges::find(held, &hop, &HopLease::hop_);
  return found == held.end() ? nullptr : &*found;
}

void Reply::finish() {
  for (HopLease& lease : held) lease.finish();
  held.clear();
}

Hop::Hop(const HopSpec& spec, Hop* behind, std::size_t place, Observer& observer)
    : spec_(spec),
      is_app_(behind == nullptr),
      observer_(observer),
      meter_(observer.hop(place)),
      behind_(behind),
      streams_each_(is_app_ ? 1 : requests_on_a_connection(behind->spec())),
      units_(units_of(spec, behind)),
      limited_(units_.capacity() > 0),
      set_up_(set_up_of(behind)) {
  if (!is_app_) meter_.sockets(spec_.connections_reserved);
}

void Hop::clients(int delta) {
  clients_ += delta;
  meter_.connections(delta);
  if (!is_app_) meter_.sockets(delta);
}

// nginx closes connections that it can do without before it refuses one more
// (ngx_drain_connections).
bool Hop::finds_room() {
  if (!has_room()) idle_clients_.close_one();
  return has_room();
}

bool Hop::turns_away() const {
  if (spec_.upstream_requests > 0 && busy_ >= spec_.upstream_requests) return true;
  const bool waits = is_app_ || spec_.overflow == Overflow::queue;
  return waits ? full_queue() : none_left();
}

// The status of a request for which there can be no connection to the hop behind; or 0.
int Hop::refused_connection() {
  if (is_app_ || !needs_connection()) return 0;
  if (!finds_room()) {
    meter_.refused();
    return 500;
  }
  if (behind_->has_room()) return 0;
  behind_->meter_.refused();
  return spec_.status_when_down;
}

bool Hop::none_left() const { return limited() && units_.in_use() >= units_.capacity(); }

bool Hop::full_queue() const {
  const auto waiting = static_cast<int>(units_.queue_length());
  return none_left() && spec_.backlog > 0 && waiting >= spec_.backlog;
}

Time Hop::killing_time(const sim::Simulation& simulation) const {
  const Duration limit = spec_.response_timeout;
  return limit == Duration::zero() ? Time::max() : simulation.after(limit);
}

Duration Hop::patience() const {
  if (is_app_) return {};
  const Duration read = spec_.read_timeout;
  const Duration whole = spec_.response_timeout;
  if (read == Duration::zero() || whole == Duration::zero()) return std::max(read, whole);
  return std::min(read, whole);
}

sim::Task<sim::Lease> Hop::wait_for_unit() {
  const Queued queued(meter_, none_left());
  sim::Lease unit = co_await units_.acquire();
  co_return unit;
}

sim::Task<std::optional<sim::Lease>> Hop::unit_in_time(Duration limit) {
  if (!limited()) co_return sim::Lease();
  sim::Task<sim::Lease> waiting = wait_for_unit();
  if (limit == Duration::max() || !none_left()) {
    sim::Lease unit = co_await waiting;
    co_return std::move(unit);
  }
  std::optional<sim::Lease> unit = co_await sim::within(limit, waiting);
  co_return std::move(unit);
}

// The workers that may be lost are kept account of; most hops need none.
HopLease Hop::lease(sim::Lease unit) {
  HopLease lease(*this, std::move(unit));
  if (!may_lose_workers_ || !limited()) return lease;
  lease.worker_ = std::make_unique<Worker>();
  lease.worker_->ticket = tickets_++;
  at_work_.push_back(lease.worker_.get());
  return lease;
}

void Hop::forget(const Worker* worker) {
  if (worker == nullptr) return;
  const auto found = std::ranges::lower_bound(at_work_, worker->ticket, {}, &Worker::ticket);
  if (found != at_work_.end() && *found == worker) at_work_.erase(found);
}

int Hop::units_left() const {
  const std::int64_t all = units_of(spec_, behind_);
  return static_cast<int>(std::max<std::int64_t>(all - missing_, 0));
}

// With a connection are lost the requests that it can carry.
void Hop::lose_workers(int count) {
  missing_ += std::int64_t{count} * streams_each_;
  const int left = units_left();
  const int lost = units_.capacity() - left;
  units_.resize(left);
  const auto busy = std::min(static_cast<std::size_t>(lost), at_work_.size());
  const std::vector<Worker*> dead(at_work_.begin(),
                                  at_work_.begin() + static_cast<std::ptrdiff_t>(busy));
  at_work_.erase(at_work_.begin(), at_work_.begin() + static_cast<std::ptrdiff_t>(busy));
  for (Worker* worker : dead) worker->lost.fire();
}

void Hop::regain_workers(int count) {
  missing_ -= std::int64_t{count} * streams_each_;
  units_.resize(units_left());
}

sim::Task<bool> Hop::admit(Passage passage, Reply& reply) {
  if (turns_away()) {
    meter_.refused();
    passage.answer_with(spec_.refusal_status, reply);
    co_return false;
  }
  const Time now = passage.simulation.now();
  const bool own = spec_.queue_timeout > Duration::zero();
  const Time gives_up = own ? passage.simulation.after(spec_.queue_timeout) : Time::max();
  const Time limit = std::min(gives_up, passage.deadline);
  const Duration patience = limit == Time::max() ? Duration::max() : limit - now;
  std::optional<sim::Lease> unit = co_await unit_in_time(patience);
  if (!unit) {
    if (passage.deadline < gives_up) {
      passage.impatient->meter().cut();
      passage.answer_with(504, reply);
    } else {
      meter_.refused();
      passage.answer_with(503, reply);
    }
    co_return false;
  }
  if (const int status = refused_connection(); status != 0) {
    passage.answer_with(status, reply);
    co_return false;
  }
  reply.held.push_front(lease(std::move(*unit)));
  const Time connected = take_up(passage.simulation.now());
  if (connected <= passage.simulation.now()) co_return true;
  const bool in_time = co_await wait_until_connected(connected, passage, reply);
  co_return in_time;
}

// A request that has got a worker, or the right to an upstream connection. Returns when it can go
// on.
Time Hop::take_up(Time now) {
  meter_.busy(1);
  if (!is_app_) return connect_upstream(now);
  observer_.workers_busy(1);
  return now;
}

// A connection is a way, and no queue: its set-up counts as time between hops. False: whoever sent
// the request on has no patience any more, or the connection was lost.
sim::Task<bool> Hop::wait_until_connected(Time connected, Passage passage, Reply& reply) {
  const Time began = passage.simulation.now();
  const Time until = std::min(connected, passage.deadline);
  co_await passage.simulation.until(until);
  passage.record.between_hops += until - began;
  if (connected > passage.deadline) {
    passage.impatient->meter().cut();
    passage.answer_with(504, reply);
    co_return false;
  }
  if (!is_lost(reply.held)) co_return true;
  passage.answer_with(spec_.status_when_down, reply);
  co_return false;
}

// One connection carries a request, or as many streams as the hop behind it allows: they wait for
// it together. Returns when the request can be sent on.
Time Hop::connect_upstream(Time now) {
  const bool one_more = needs_connection();
  ++busy_;
  if (one_more) {
    ++opened_;
    upstream(1);
    connected_ = now + set_up_;
  }
  return one_more || streams_each_ > 1 ? connected_ : now;
}

void Hop::upstream(int delta) {
  open_ += delta;
  meter_.sockets(delta);
  behind_->clients(delta);
}

void Hop::leave(bool complete) {
  meter_.busy(-1);
  if (is_app_) {
    observer_.workers_busy(-1);
    return;
  }
  --busy_;
  const int in_use = (busy_ + streams_each_ - 1) / streams_each_;
  const bool reusable = complete || streams_each_ > 1;
  if (open_ - in_use == 0 || (reusable && open_ - in_use <= spec_.upstream_keep_alive)) return;
  upstream(-1);
}

}  // namespace sixslots::models
