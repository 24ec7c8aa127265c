#include "models/path.hpp"

#include <algorithm>

#include "models/feed.hpp"
#include "sim/timeout.hpp"
#include "sim/unless.hpp"

namespace sixslots::models {

namespace {

const HopLease* innermost(const HopLeases& held) { return held.empty() ? nullptr : &held.front(); }

}  // namespace

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

Time Path::begin(const Passage& passage) {
  reach(0, passage);
  passage.record.began = passage.simulation.now();
  return passage.simulation.after(passage.request.answer.service);
}

sim::Task<> Path::serve(sim::Simulation& simulation, const RequestSpec& request,
                        RequestRecord& record, Reply& reply) {
  return serve_from(0, {simulation, request, record}, reply);
}

sim::Task<> Path::serve_from(std::size_t first, Passage passage, Reply& reply) {
  sim::Simulation& simulation = passage.simulation;
  std::size_t place = first;  // the next one to reach
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
  co_await go_back(place, first, passage, reply);
}

// The head of the response, and with it what is written at once, from the hop before `end` to that
// before `first`. A proxy keeps its connection until it has passed.
sim::Task<> Path::go_back(std::size_t end, std::size_t first, Passage passage, Reply& reply) {
  const bool whole = passage.request.is_written_at_once(reply.size);
  Duration way{};
  for (std::size_t place = end; place-- > first;) {
    Hop& hop = *hops_[place];
    if (HopLease* lease = reply.held_at(hop); lease != nullptr && lease->ends_here(whole)) {
      if (way > Duration::zero()) co_await passage.simulation.delay(way);
      way = {};
      lease->finish();
    }
    if (place > 0) way += hop.spec().rtt - hop.spec().rtt / 2;
  }
  if (way > Duration::zero()) co_await passage.simulation.delay(way);
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
  const HopLease* const before = innermost(reply.held);
  sim::Task<> serving = serve_from(rest, passage, reply);
  const bool complete = co_await sim::unless(loss, serving);
  if (complete) co_return;
  while (innermost(reply.held) != before) reply.held.pop_front();
  Reply failed;
  failed.held = std::move(reply.held);
  fail(place, passage, failed);
  reply = std::move(failed);
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
  reply.status = answer.status;
  reply.size = answer.size;
  if (answer.hold != nullptr) reply.size.count += answer.hold->news().count;
  if (!reply.held.empty() && passage.request.is_written_at_once(reply.size)) {
    reply.held.front().written();
  }
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
