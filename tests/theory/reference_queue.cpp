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
      const Request next = take();
      *first = now + next.service;
      start(next, now);
    }
    waiting_.clear();
    head_ = 0;
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
};

}  // namespace

sim::Tally reference_waits(const Scenario& polls, int replication, Discipline discipline) {
  const models::RequestFlow& flow = polls.world.requests.front();
  const sim::RandomSource random{polls.run.seed, static_cast<std::uint32_t>(replication)};
  const sim::EntityId entity = sim::entity_id(sim::entity_id("request/" + flow.name), 0);
  sim::RandomStream gaps = random.stream(entity, sim::Purpose::arrival);
  sim::RandomStream services = random.stream(entity, sim::Purpose::service);
  const auto mean_gap = Duration(static_cast<std::int64_t>(1e9 / flow.arrivals.rate));
  const sim::Distribution gap = sim::Distribution::exponential(mean_gap);

  sim::Tally waits;
  const auto counts = [&](const Request& request) { return request.arrival >= polls.run.warm_up; };
  const auto start = [&](const Request& request, Duration now) {
    if (counts(request)) waits.add(now - request.arrival);
  };
  const auto slots = static_cast<std::size_t>(polls.world.browser.connections_per_origin);
  Slots queue(slots, discipline, random);
  for (Duration now = gap.sample(gaps); now <= polls.run.duration; now += gap.sample(gaps)) {
    queue.serve(now, start);
    queue.arrive({now, flow.service->sample(services)});
  }
  queue.serve(polls.run.duration, start);
  queue.leave([&](const Request& request) {
    if (counts(request)) waits.add_censored(polls.run.duration - request.arrival);
  });
  return waits;
}

}  // namespace sixslots::scenarios::theory
