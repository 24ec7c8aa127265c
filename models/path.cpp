#include "models/path.hpp"

#include <algorithm>
#include <limits>

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

int units_of(const HopSpec& spec, const Hop* behind) {
  if (behind == nullptr) return spec.workers;
  const std::int64_t requests =
      std::int64_t{spec.upstream_connections} * requests_on_a_connection(behind->spec());
  return static_cast<int>(std::min<std::int64_t>(requests, std::numeric_limits<int>::max()));
}

HopLeases::iterator last_of(HopLeases& held) {
  auto last = held.before_begin();
  while (std::next(last) != held.end()) ++last;
  return last;
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

void HopLease::headers_pass() {
  if (hop_ != nullptr && hop_->spec().upstream_held == Held::until_headers) finish();
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
      limited_(units_.capacity() > 0) {
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

void Passage::wait_at(Hop& hop) {
  const Duration patience = hop.patience();
  if (patience == Duration::zero() || simulation.after(patience) >= deadline) return;
  deadline = simulation.after(patience);
  impatient = &hop;
}

void Passage::answer_with(int status, Reply& reply) const {
  reply.status = status;
  record.answered = simulation.now();
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

void Hop::lose_workers(int count) {
  const int lost = std::min(count, units_.capacity());
  missing_ += lost;
  units_.resize(units_.capacity() - lost);
  const auto busy = std::min(static_cast<std::size_t>(lost), at_work_.size());
  const std::vector<Worker*> dead(at_work_.begin(),
                                  at_work_.begin() + static_cast<std::ptrdiff_t>(busy));
  at_work_.erase(at_work_.begin(), at_work_.begin() + static_cast<std::ptrdiff_t>(busy));
  for (Worker* worker : dead) worker->lost.fire();
}

void Hop::regain_workers(int count) {
  const int back = std::min(count, missing_);
  missing_ -= back;
  units_.resize(units_.capacity() + back);
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
  meter_.busy(1);
  if (is_app_) {
    observer_.workers_busy(1);
  } else {
    connect_upstream();
  }
  co_return true;
}

// One connection carries a request, or as many streams as the hop behind it allows.
void Hop::connect_upstream() {
  const bool one_more = needs_connection();
  ++busy_;
  if (!one_more) return;
  ++opened_;
  upstream(1);
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

Path::Path(std::span<const HopSpec> hops, Observer& observer)
    : hops_(hops.size()), observer_(observer) {
  Hop* behind = nullptr;
  for (std::size_t place = hops.size(); place-- > 0; behind = hops_[place].get()) {
    hops_[place] = std::make_unique<Hop>(hops[place], behind, place, observer);
  }
}

bool Path::takes_client() {
  Hop& first = *hops_.front();
  if (first.finds_room()) return true;
  first.meter().refused();
  return false;
}

Duration Path::shortest(Duration HopSpec::*timeout) const {
  Duration least{};
  for (const std::unique_ptr<Hop>& hop : hops_) {
    const Duration time = hop->spec().*timeout;
    if (time > Duration::zero() && (least == Duration::zero() || time < least)) least = time;
  }
  return least;
}

void Path::cuts(Duration HopSpec::*timeout) {
  const Duration least = shortest(timeout);
  const auto first = std::ranges::find_if(
      hops_, [&](const std::unique_ptr<Hop>& hop) { return hop->spec().*timeout == least; });
  if (first != hops_.end()) (*first)->meter().cut();
}

// Most paths are an app that takes whatever comes: nothing is between the browser and its work.
sim::Task<> Path::serve(sim::Simulation& simulation, const RequestSpec& request,
                        RequestRecord& record, Reply& reply) {
  const Passage passage{simulation, request, record};
  // It may have been here before, and been dropped.
  record.between_hops = {};
  record.arrived = record.began = record.answered = {};
  if (has_proxy() || !hops_.front()->lets_all_in()) return serve_from(0, passage, reply);
  reach(0, passage);
  return work(passage, reply);
}

sim::Task<> Path::serve_from(std::size_t first, Passage passage, Reply& reply) {
  sim::Simulation& simulation = passage.simulation;
  Duration way_back{};
  std::size_t place = first;
  bool goes_on = true;
  for (; goes_on && place < hops_.size(); ++place) {
    Hop& hop = *hops_[place];
    if (place > 0 && hop.is_down(simulation.now())) {
      fail(place, passage, reply);
      break;
    }
    if (hop.may_go_down() && passage.watched != &hop) {
      co_await serve_unless_lost(place, place, passage, reply);
      break;
    }
    if (place > 0) {
      const Duration way = hop.spec().rtt / 2;
      co_await simulation.delay(way);
      passage.record.between_hops += way;
      way_back += hop.spec().rtt - way;
    }
    reach(place, passage);
    if (!hop.limits()) continue;
    const bool admitted = co_await hop.admit(passage, reply);
    goes_on = admitted;
    if (!admitted) continue;
    passage.wait_at(hop);
    if (reply.held.front().loss() == nullptr) continue;
    co_await serve_unless_lost(place, place + 1, passage, reply);
    goes_on = false;
  }
  const bool at_app = goes_on && place == hops_.size();
  if (at_app) co_await work(passage, reply);
  const std::size_t proxies = std::min(place, hops_.size() - 1);
  for (std::size_t i = first; i < proxies; ++i) hops_[i]->meter().bytes(reply.size);
  if (way_back > Duration::zero()) co_await simulation.delay(way_back);
}

void Path::reach(std::size_t place, const Passage& passage) {
  if (place + 1 == hops_.size()) {
    passage.record.arrived = passage.simulation.now();
    observer_.request_arrived(passage.record);
  }
  hops_[place]->meter().request(passage.request.size);
}

// What lies behind a hop that may be restarted, itself included, or behind one whose worker may be
// lost.
sim::Task<> Path::serve_unless_lost(std::size_t place, std::size_t rest, Passage passage,
                                    Reply& reply) {
  Hop& hop = *hops_[place];
  passage.watched = &hop;
  sim::Signal& loss = rest == place ? hop.goes_down() : *reply.held.front().loss();
  Reply served;
  sim::Task<> serving = serve_from(rest, passage, served);
  const bool complete = co_await sim::unless(loss, serving);
  if (!complete) {
    fail(place, passage, reply);
    co_return;
  }
  served.held.splice_after(last_of(served.held), std::move(reply.held));
  reply = std::move(served);
}

// The app works on a request that it has let in, for as long as everybody has patience.
sim::Task<> Path::work(Passage passage, Reply& reply) {
  sim::Simulation& simulation = passage.simulation;
  const Answer& wanted = passage.request.answer;
  const Time began = simulation.now();
  passage.record.began = began;
  const Time limit = std::min(passage.deadline, hops_.back()->killing_time(simulation));
  const Time answers = simulation.after(wanted.service);
  bool in_time = answers <= limit;
  const Time until = std::min(answers, limit);
  if (until > began) co_await simulation.until(until);
  if (in_time && wanted.hold != nullptr) {
    sim::Task<> hold = wanted.hold->wait();
    const bool held = co_await sim::within(limit - simulation.now(), hold);
    in_time = held;
  }
  if (in_time) {
    answer(passage, reply);
  } else {
    cut_short(passage, reply);
  }
}

void Path::answer(const Passage& passage, Reply& reply) {
  const Answer& answer = passage.request.answer;
  passage.record.answered = passage.simulation.now();
  for (HopLease& lease : reply.held) lease.headers_pass();
  reply.status = answer.status;
  reply.size = answer.size;
  reply.dropped = answer.dropped;
  hops_.back()->meter().bytes(reply.size);
}

// A proxy that has waited for too long answers; an app's worker that takes too long is killed.
void Path::cut_short(const Passage& passage, Reply& reply) {
  if (passage.simulation.now() < passage.deadline) {
    hops_.back()->meter().cut();
    return fail(hops_.size() - 1, passage, reply);
  }
  passage.impatient->meter().cut();
  passage.answer_with(504, reply);
}

// The proxy before a hop that is gone answers; without one, the browser's connection is closed.
void Path::fail(std::size_t place, const Passage& passage, Reply& reply) const {
  if (place == 0) {
    reply.dropped = true;
  } else {
    passage.answer_with(hops_[place - 1]->spec().status_when_down, reply);
  }
}

}  // namespace sixslots::models
