#include "models/observer.hpp"

#include <utility>

namespace sixslots::models {

namespace {

// What has not ended takes at least so long.
void add(sim::Tally& tally, Duration time, bool ended) {
  ended ? tally.add(time) : tally.add_censored(time);
}

// A request that was turned away at the door, answered without going on at the moment when it came,
// has not waited; one that was told so later has.
void add_wait(sim::Tally& tally, Duration wait, bool went_on, bool answered) {
  if (went_on || !answered || wait > Duration::zero()) add(tally, wait, went_on || answered);
}

}  // namespace

void Gauge::add(Time now, std::int64_t delta) {
  average_.add(now, delta);
  if (recording_) series_.add(now, average_.level());
}

HopMeter::HopMeter(const sim::Simulation& simulation, bool records_series)
    : simulation_(simulation) {
  if (!records_series) return;
  connections_.record_series();
  queue_.record_series();
}

void HopMeter::end_warm_up() {
  use_ = HopUse();
  const Time now = simulation_.now();
  for (Gauge* level : {&connections_, &busy_, &queue_, &sockets_}) level->reset(now);
}

HopUse HopMeter::use() const {
  const Time now = simulation_.now();
  HopUse use = use_;
  use.connections_mean = connections_.average().mean(now);
  use.connections_peak = connections_.average().peak();
  use.busy_mean = busy_.average().mean(now);
  use.busy_peak = busy_.average().peak();
  use.queue_mean = queue_.average().mean(now);
  use.queue_peak = queue_.average().peak();
  use.sockets_peak = sockets_.average().peak();
  return use;
}

Observer::Observer(sim::Simulation& simulation, std::size_t flows, bool keep_records)
    : simulation_(simulation), keep_records_(keep_records) {
  observations_.flows.resize(flows);
  if (keep_records_) {
    connections_.record_series();
    waiting_.record_series();
    workers_.record_series();
    missing_.record_series();
  }
}

RequestRecord& Observer::open(std::int32_t flow, RequestKind kind, std::uint32_t user) {
  RequestRecord* record = nullptr;
  if (free_records_.empty()) {
    record = &records_.add();
  } else {
    record = free_records_.back();
    free_records_.pop_back();
    *record = RequestRecord();
  }
  record->id = next_id_++;
  last_made_ = {flow, kind};
  record->flow = flow;
  record->user = user;
  record->kind = kind;
  record->created = simulation_.now();
  if (flow == row_traffic) held_.add(simulation_.now(), 1);
  return *record;
}

bool Observer::counts(const RequestRecord& record) const {
  return record.flow >= 0 && record.created >= counted_from_;
}

RequestRecord* Observer::stays_open(RequestRecord& record) {
  if (keeps(record) || record.flow != row_traffic) return &record;
  record.finished = simulation_.now();  // for the count of what is not
  free_records_.push_back(&record);
  return nullptr;
}

void Observer::close(RequestRecord* closed, Outcome outcome) {
  if (handed_over_) return;  // the run is over: tabs only end because the world does
  ++closed_;
  if (closed == nullptr) return held_.add(simulation_.now(), -1);
  RequestRecord& record = *closed;
  record.outcome = outcome;
  if (record.flow == row_traffic) held_.add(simulation_.now(), -1);
  const bool left_behind = leaving_ && outcome == Outcome::aborted;
  if (left_behind) count_unfinished(record);
  record.finished = simulation_.now();
  if (counts(record) && !left_behind) {
    FlowStatistics& flow = observations_.flows[static_cast<std::size_t>(record.flow)];
    ++flow.count;
    const bool failed = outcome == Outcome::failed || record.status >= 400;
    const bool in_storm = storm_.touches(record.created, *record.finished);
    if (failed) ++flow.failed;
    if (failed && in_storm) ++flow.storm_failed;
    if (outcome == Outcome::done) {
      flow.latency.add(*record.finished - record.created);
      if (in_storm) flow.storm.add(*record.finished - record.created);
      count_phases(record, flow);
    }
    if (keeps_accounts_) enter(record, outcome == Outcome::done);
  }
  if (!keeps(record)) free_records_.push_back(&record);
}

// It was never answered: its latency is at least its age.
void Observer::gives_up(const RequestRecord& record) {
  if (!counts(record)) return;
  FlowStatistics& flow = observations_.flows[static_cast<std::size_t>(record.flow)];
  ++flow.given_up;
  flow.latency.add_censored(simulation_.now() - record.created);
  count_phases(record, flow);
}

void Observer::count_phases(const RequestRecord& record, FlowStatistics& flow) const {
  const Time now = simulation_.now();
  const Duration wait = stalled(record, now);
  if (wait > Duration::zero()) ++flow.waited;
  if (!record.granted) {
    flow.stalled.add_censored(wait);
    return;
  }
  flow.stalled.add(wait);
  flow.connecting.add(record.connecting);
  if (!record.reached) return;
  const bool answered = record.answered.has_value();
  add_wait(flow.proxy_queue, proxy_queue(record, now), record.arrived.has_value(), answered);
  if (!record.arrived) return;
  add_wait(flow.worker_queue, worker_queue(record, now), record.began.has_value(), answered);
  if (record.began) add(flow.service, service(record, now), answered);
  if (answered) {
    const bool finished = record.finished.has_value();
    add(flow.transfer, record.finished.value_or(now) - *record.answered, finished);
  }
}

void Observer::count_unfinished(const RequestRecord& record) {
  if (record.kind == RequestKind::event_source && !record.opened) {
    ++observations_.streams_never_opened;
  }
  if (!counts(record)) return;
  FlowStatistics& flow = observations_.flows[static_cast<std::size_t>(record.flow)];
  ++flow.count;
  ++flow.censored;
  const Duration age = simulation_.now() - record.created;
  if (!record.granted && age > connecting_takes_) ++flow.starved;
  flow.latency.add_censored(age);
  if (storm_.touches(record.created, simulation_.now())) flow.storm.add_censored(age);
  count_phases(record, flow);
  if (keeps_accounts_) enter(record, false);
}

// One that has no end counts with its age; one that was given up says nothing of the latency.
void Observer::enter(const RequestRecord& record, bool finished) {
  std::vector<Account>& accounts = accounts_[record.user];
  accounts.resize(observations_.flows.size());
  Account& account = accounts[static_cast<std::size_t>(record.flow)];
  if (record.outcome == Outcome::failed || record.status >= 400) account.failed = true;
  const bool unfinished = !record.finished;
  if (!finished && !unfinished) return;
  const Duration age = simulation_.now() - record.created;
  ++account.count;
  account.sum += age;
  if (unfinished) {
    ++account.unfinished;
    account.ages += age;
  }
  if (age <= account.longest) return;
  account.longest = age;
  account.longest_unfinished = unfinished;
}

void Observer::settle(const std::vector<Account>& accounts) {
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const Account& account = accounts[i];
    FlowStatistics& flow = observations_.flows[i];
    if (account.failed || account.count > 0) ++flow.users;
    if (account.failed || account.unfinished > 0) ++flow.users_hit;
    if (account.count == 0) continue;
    const Duration mean = account.sum / static_cast<std::int64_t>(account.count);
    const bool known = !sim::unfinished_matter(
        account.unfinished, account.count, sim::seconds(account.ages), sim::seconds(account.sum));
    add(flow.user_mean, mean, known);
    // His mean may be a bound because of others than the longest: that one is no more certain then.
    add(flow.user_worst, account.longest, known && !account.longest_unfinished);
  }
}

void Observer::user_has_left(std::uint32_t user) {
  leaving_ = false;
  users_.add(simulation_.now(), -1);
  ++observations_.users_left;
  const auto found = accounts_.find(user);
  if (found == accounts_.end()) return;
  settle(found->second);
  accounts_.erase(found);
}

// Tallies do not depend on the order of what they count.
void Observer::settle_all() {
  for (const auto& [user, accounts] : accounts_) settle(accounts);
  accounts_.clear();
}

NeverOpened::NeverOpened(Observer& observer) : observer_(observer) {
  ++observer.sockets_never_opened_;
}

NeverOpened::~NeverOpened() {
  if (!observer_.handed_over_) --observer_.sockets_never_opened_;
}

void Absence::begin(Observer& observer, bool by_event) {
  observer_ = &observer;
  ++observer.observations_.streams_lost;
  observer.storm_.lost(observer.simulation_.now(), by_event);
  observer.missing_.add(observer.simulation_.now(), 1);
}

void Absence::end() {
  if (Observer* observer = stop()) observer->storm_.found(observer->simulation_.now());
}

Absence::~Absence() {
  if (Observer* observer = stop()) observer->storm_.gone();
}

// Null: there is nothing to stop, or nobody counts any more.
Observer* Absence::stop() {
  Observer* observer = std::exchange(observer_, nullptr);
  if (observer == nullptr || observer->handed_over_) return nullptr;
  observer->missing_.add(observer->simulation_.now(), -1);
  return observer;
}

void Observer::request_arrived(const RequestRecord& record) {
  ++observations_.requests_arrived;
  if (keeps(record)) {
    observations_.arrivals.push_back({record.id, record.name, simulation_.now()});
  }
}

void Observer::stream_reconnects() {
  ++observations_.reconnects;
  const std::int64_t second = (simulation_.now() - sim::start_of_time) / std::chrono::seconds(1);
  if (second != second_of_reconnects_) reconnects_in_it_ = 0;
  second_of_reconnects_ = second;
  observations_.reconnects_peak = std::max(observations_.reconnects_peak, ++reconnects_in_it_);
}

void Observer::connection_opened() {
  ++observations_.connections_opened;
  connections_.add(simulation_.now(), 1);
}

void Observer::connection_closed() { connections_.add(simulation_.now(), -1); }

void Observer::waiting(std::int64_t delta) { waiting_.add(simulation_.now(), delta); }

void Observer::workers_busy(std::int64_t delta) { workers_.add(simulation_.now(), delta); }

HopMeter& Observer::hop(std::size_t index) {
  while (hops_.size() <= index) hops_.emplace_back(simulation_, keep_records_);
  return hops_[index];
}

void Observer::displayed(Time updated) {
  if (updated < counted_from_) return;
  ++observations_.updates;
  observations_.staleness.add(simulation_.now() - updated);
}

void Observer::never_displayed(Time updated) {
  if (updated < counted_from_) return;
  ++observations_.updates;
  observations_.staleness.add_censored(simulation_.now() - updated);
}

void Observer::end_warm_up() {
  counted_from_ = simulation_.now();
  const std::size_t flows = observations_.flows.size();
  observations_ = Observations();
  observations_.flows.resize(flows);
  accounts_.clear();
  second_of_reconnects_ = -1;
  for (Gauge* gauge : {&connections_, &waiting_, &held_, &workers_, &missing_, &users_}) {
    gauge->reset(counted_from_);
  }
  for (HopMeter& hop : hops_) hop.end_warm_up();
}

Observations Observer::finish() {
  const Time now = simulation_.now();
  if (under_way() > 0) {
    records_.for_each([this](const RequestRecord& record) {
      if (!record.finished) count_unfinished(record);
    });
  }
  settle_all();
  observations_.streams_away = storm_.away();
  observations_.recovery = storm_.recovery(now);
  observations_.streams_never_opened += sockets_never_opened_ + streams_never_open_;
  observations_.pages_failed = pages_failed_;
  observations_.users_mean = users_.average().mean(now);
  observations_.users_peak = users_.average().peak();
  observations_.end = now;
  observations_.connections_mean = connections_.average().mean(now);
  observations_.connections_peak = connections_.average().peak();
  observations_.held_mean = held_.average().mean(now);
  observations_.waiting_mean = waiting_.average().mean(now);
  observations_.workers_mean = workers_.average().mean(now);
  observations_.workers_peak = workers_.average().peak();
  for (const HopMeter& hop : hops_) observations_.hops.push_back(hop.use());
  observations_.events = simulation_.events();
  if (keep_records_) {
    records_.for_each([this](const RequestRecord& record) {
      if (keeps(record)) observations_.records.push_back(record);
    });
    // Places of requests that were not kept are used again.
    std::ranges::sort(observations_.records, {}, &RequestRecord::id);
    observations_.open_connections = connections_.series();
    observations_.waiting_requests = waiting_.series();
    observations_.workers_busy = workers_.series();
    observations_.streams_missing = missing_.series();
    for (const HopMeter& hop : hops_) {
      observations_.hop_connections.push_back(hop.connections());
      observations_.hop_queues.push_back(hop.queue());
    }
  }
  handed_over_ = true;
  return std::move(observations_);
}

}  // namespace sixslots::models
