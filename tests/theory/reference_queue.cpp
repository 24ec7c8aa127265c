#include "tests/theory/reference_queue.hpp"

#include <algorithm>
#include <vector>

#include "sim/random.hpp"

namespace sixslots::scenarios::theory {
namespace {

using sim::Duration;

struct Request {
  Duration arrival;
  Duration service;
  std::size_t number = 0;
};

class Slots {
 public:
  Slots(std::size_t count, Discipline discipline, const sim::RandomSource& random)
      : free_at_(count, Duration::zero()),
        discipline_(discipline),
        choice_(random.stream("order", sim::Purpose::choice)) {}

  /// Everything that starts before `until`: `start(request, time)`.
  template <class Start>
  void serve(Duration until, const Start& start) {
    while (head_ < waiting_.size()) {
      const auto first = std::ranges::min_element(free_at_);
      const Duration now = std::max(*first, waiting_[head_].arrival);
      if (now > until) return;
      Request next = take();
      if (!of_slots_.empty()) {
        next.service = law_->sample(of_slots_[static_cast<std::size_t>(first - free_at_.begin())]);
      }
      *first = now + next.service;
      start(next, now);
    }
    waiting_.clear();
    head_ = 0;
  }

  /// From now on each slot has services of its own, whichever requests come to it.
  void draw_services(const sim::Distribution& law, const sim::RandomSource& random) {
    law_ = &law;
    for (std::uint32_t slot = 0; slot < free_at_.size(); ++slot) {
      of_slots_.push_back(
          random.stream(sim::entity_id(sim::entity_id("slot"), slot), sim::Purpose::service));
    }
  }

  void arrive(const Request& request) { waiting_.push_back(request); }

  template <class Left>
  void leave(const Left& left) const {
    for (std::size_t i = head_; i < waiting_.size(); ++i) left(waiting_[i]);
  }

 private:
  Request take() {
    std::size_t which = head_;
    if (discipline_ == Discipline::last_come) which = waiting_.size() - 1;
    if (discipline_ == Discipline::random) which = head_ + choice_.below(waiting_.size() - head_);
    const Request taken = waiting_[which];
    if (which == head_) {
      ++head_;
    } else {
      waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(which));
    }
    return taken;
  }

  std::vector<Duration> free_at_;
  std::vector<Request> waiting_;
  std::size_t head_ = 0;
  Discipline discipline_;
  sim::RandomStream choice_;
  const sim::Distribution* law_ = nullptr;
  std::vector<sim::RandomStream> of_slots_;
};

/// The random numbers of a replication of the scenario's only flow.
struct Numbers {
  Numbers(const Scenario& polls, int replication)
      : random{polls.run.seed, static_cast<std::uint32_t>(replication)},
        entity(sim::entity_id(sim::entity_id("request/" + polls.world.requests.front().name), 0)),
        gaps(random.stream(entity, sim::Purpose::arrival)),
        services(random.stream(entity, sim::Purpose::service)),
        gap(sim::Distribution::exponential(Duration(
            static_cast<std::int64_t>(1e9 / polls.world.requests.front().arrivals.rate)))) {}

  sim::RandomSource random;
  sim::EntityId entity;
  sim::RandomStream gaps;
  sim::RandomStream services;
  sim::Distribution gap;
};

}  // namespace

sim::Tally reference_waits(const Scenario& polls, int replication, Discipline discipline) {
  const models::RequestFlow& flow = polls.world.requests.front();
  Numbers numbers(polls, replication);

  sim::Tally waits;
  const auto counts = [&](const Request& request) {
    return request.arrival >= polls.run.left_out();
  };
  const auto start = [&](const Request& request, Duration now) {
    if (counts(request)) waits.add(now - request.arrival);
  };
  const auto slots = static_cast<std::size_t>(polls.world.browser.connections_per_origin);
  Slots queue(slots, discipline, numbers.random);
  for (Duration now = numbers.gap.sample(numbers.gaps); now <= polls.run.duration;
       now += numbers.gap.sample(numbers.gaps)) {
    queue.serve(now, start);
    queue.arrive({now, flow.service->sample(numbers.services)});
  }
  queue.serve(polls.run.duration, start);
  queue.leave([&](const Request& request) {
    if (counts(request)) waits.add_censored(polls.run.duration - request.arrival);
  });
  return waits;
}

std::vector<ServedPoll> reference_requests(const Scenario& polls, int replication,
                                           Discipline discipline, ServiceOf service_of) {
  const models::RequestFlow& flow = polls.world.requests.front();
  Numbers numbers(polls, replication);
  std::vector<ServedPoll> all;
  const auto start = [&](const Request& request, Duration now) {
    all[request.number].service = request.service;
    all[request.number].started = now;
  };
  const auto slots = static_cast<std::size_t>(polls.world.browser.connections_per_origin);
  Slots queue(slots, discipline, numbers.random);
  if (service_of == ServiceOf::slot) queue.draw_services(*flow.service, numbers.random);
  Duration now{};
  for (;;) {
    now += numbers.gap.sample(numbers.gaps);
    queue.serve(std::min(now, polls.run.duration), start);
    if (now > polls.run.duration) return all;
    for (int i = 0; i < flow.arrivals.batch; ++i) {
      queue.arrive({now, flow.service->sample(numbers.services), all.size()});
      all.push_back({now, {}, {}});
    }
  }
}

}  // namespace sixslots::scenarios::theory
