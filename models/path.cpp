#include "models/path.hpp"

#include <algorithm>

#include "models/feed.hpp"
#include "sim/timeout.hpp"
#include "sim/unless.hpp"

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

}  // namespace

HopLease& HopLease::operator=(HopLease&& other) noexcept {
  if (this != &other) {
    if (hop_ != nullptr) hop_->leave(false);
    hop_ = std::exchange(other.hop_, nullptr);
    unit_ = std::move(other.unit_);
  }
  return *this;
}

HopLease::~HopLease() {
  if (hop_ != nullptr) hop_->leave(false);
}

void HopLease::headers_pass() {
  if (hop_ != nullptr && hop_->spec().upstream_held == Held::until_headers) finish();
}

void HopLease::finish() {
  if (hop_ != nullptr) std::exchange(hop_, nullptr)->leave(true);
  unit_.release();
}

void Reply::finish() {
  for (HopLease& lease : held) lease.finish();
  held.clear();
}

Hop::Hop(const HopSpec& spec, std::size_t place, bool is_app, Observer& observer)
    : spec_(spec),
      is_app_(is_app),
      observer_(observer),
      meter_(observer.hop(place)),
      behind_(is_app ? nullptr : &observer.hop(place + 1)),
      units_(is_app ? spec.workers : spec.upstream_connections) {}

int Hop::refusal(int client_connections) const {
  if (is_app_) {
    return full_queue() ? spec_.refusal_status : 0;
  }
  if (spec_.connections > 0 && sockets(client_connections) >= spec_.connections) return 500;
  const bool refuses = spec_.overflow == Overflow::refuse ? none_left() : full_queue();
  return refuses ? spec_.refusal_status : 0;
}

int Hop::sockets(int client_connections) const {
  return client_connections + spec_.connections_reserved + busy_;
}

bool Hop::none_left() const { return limited() && units_.in_use() == units_.capacity(); }

bool Hop::full_queue() const {
  const auto waiting = static_cast<int>(units_.queue_length());
  return none_left() && spec_.backlog > 0 && waiting >= spec_.backlog;
}

sim::Task<sim::Lease> Hop::wait_for_unit() {
  const Queued queued(meter_, none_left());
  sim::Lease unit = co_await units_.acquire();
  co_return unit;
}

sim::Task<std::optional<sim::Lease>> Hop::unit_in_time() {
  if (!limited()) co_return sim::Lease();
  sim::Task<sim::Lease> waiting = wait_for_unit();
  if (spec_.queue_timeout == Duration::zero()) {
    sim::Lease unit = co_await waiting;
    co_return std::move(unit);
  }
  std::optional<sim::Lease> unit = co_await sim::within(spec_.queue_timeout, waiting);
  co_return std::move(unit);
}

sim::Task<bool> Hop::admit(Reply& reply, int client_connections) {
  if (const int status = refusal(client_connections); status != 0) {
    meter_.refused();
    meter_.sockets(std::min(sockets(client_connections), spec_.connections));
    reply.status = status;
    co_return false;
  }
  std::optional<sim::Lease> unit = co_await unit_in_time();
  if (!unit) {
    meter_.refused();
    reply.status = 503;
    co_return false;
  }
  reply.held.push_back(HopLease(*this, std::move(*unit)));
  meter_.busy(1);
  if (is_app_) {
    observer_.workers_busy(1);
    co_return true;
  }
  ++busy_;
  if (idle_ > 0) {
    --idle_;
  } else {
    ++opened_;
    behind_->connections(1);
  }
  meter_.sockets(sockets(client_connections));
  co_return true;
}

void Hop::leave(bool complete) {
  meter_.busy(-1);
  if (is_app_) {
    observer_.workers_busy(-1);
    return;
  }
  --busy_;
  if (complete && idle_ < spec_.upstream_keep_alive) {
    ++idle_;
  } else {
    behind_->connections(-1);
  }
}

Path::Path(std::span<const HopSpec> hops, Observer& observer) : observer_(observer) {
  for (const HopSpec& spec : hops) {
    const bool is_app = &spec == &hops.back();
    hops_.push_back(std::make_unique<Hop>(spec, hops_.size(), is_app, observer));
  }
}

Duration Path::shortest(Duration HopSpec::*timeout) const {
  Duration least{};
  for (const std::unique_ptr<Hop>& hop : hops_) {
    const Duration time = hop->spec().*timeout;
    if (time > Duration::zero() && (least == Duration::zero() || time < least)) least = time;
  }
  return least;
}

// The proxy before a hop that is restarted answers what it had handed on. False: it does so.
sim::Task<bool> Path::serve_unless_restarted(std::size_t place, Reply& reply,
                                             sim::Simulation& simulation, const Answer& answer,
                                             RequestRecord& record) {
  sim::Task<Reply> rest = serve_from(place, simulation, answer, record);
  std::optional<Reply> served = co_await sim::unless(hops_[place]->goes_down(), rest);
  if (!served) {
    reply.status = hops_[place - 1]->spec().status_when_down;
    co_return false;
  }
  for (HopLease& lease : reply.held) served->held.push_back(std::move(lease));
  reply = std::move(*served);
  co_return true;
}

sim::Task<Reply> Path::serve_from(std::size_t first, sim::Simulation& simulation,
                                  const Answer& answer, RequestRecord& record) {
  Reply reply;
  if (first == 0) record.between_hops = {};  // it may have been here before, and been dropped
  Duration way_back{};
  for (std::size_t place = first; place < hops_.size(); ++place) {
    Hop& hop = *hops_[place];
    const Hop* before = place > 0 ? hops_[place - 1].get() : nullptr;
    if (before != nullptr && hop.is_down(simulation.now())) {
      reply.status = before->spec().status_when_down;
      co_await simulation.delay(way_back);
      co_return reply;
    }
    if (place > first && hop.may_go_down()) {
      co_await serve_unless_restarted(place, reply, simulation, answer, record);
      co_await simulation.delay(way_back);
      co_return reply;
    }
    const int connections = before == nullptr ? client_connections_ : before->upstream();
    if (before != nullptr) {
      co_await simulation.delay(hop.spec().rtt / 2);
      record.between_hops += hop.spec().rtt / 2;
      way_back += hop.spec().rtt - hop.spec().rtt / 2;
    }
    if (place + 1 == hops_.size()) {
      record.arrived = simulation.now();
      observer_.request_arrived(record);
    }
    hop.meter().request();
    if (!hop.limits()) continue;
    const bool admitted = co_await hop.admit(reply, connections);
    if (!admitted) {
      co_await simulation.delay(way_back);
      co_return reply;
    }
  }
  record.worker_queue = simulation.now() - *record.arrived;
  co_await simulation.delay(answer.service);
  if (answer.hold != nullptr) co_await answer.hold->wait();
  record.service = simulation.now() - *record.arrived - record.worker_queue;
  record.answered = simulation.now();
  for (HopLease& lease : reply.held) lease.headers_pass();
  reply.status = answer.status;
  reply.size = answer.size;
  reply.dropped = answer.dropped;
  co_await simulation.delay(way_back);
  co_return reply;
}

}  // namespace sixslots::models
